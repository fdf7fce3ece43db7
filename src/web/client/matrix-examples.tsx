/**
 * The photos behind a cell of the confusion matrix where the answer was far ahead of the label: each can be relabelled, confirmed or
 * forgotten. The way to all of them stands below.
 */
import { useEffect, useRef, useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { type ConfusedCell, describeFound, findInCell } from "./confusion.ts";
import { Alert, Button, takeFocus } from "./controls.tsx";
import { DoubtRow } from "./doubt-row.tsx";
import type { Suspect } from "./label-answers.ts";
import { fetchSuspects } from "./label-api.ts";
import { LookLink } from "./sample-copy.tsx";
import { useLeft, useSettled } from "./settled.tsx";
import { type ItemNames, nameOf } from "./version-words.ts";

const texts = kitchen.confusion;

interface MatrixExamplesProps {
  /** The newest. */
  readonly version: number;
  readonly cell: ConfusedCell;
  readonly names: ItemNames;
  readonly refresh: () => Promise<void>;
  /** Gives the focus back. */
  readonly onClose: () => void;
}

/** Takes the focus. */
export function MatrixExamples({ version, cell, names, refresh, onClose }: MatrixExamplesProps) {
  const [said, tell] = useState("");
  const [problem, setProblem] = useState("");
  const title = useRef<HTMLHeadingElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const [found, show] = useState<readonly Suspect[]>([]);
  const { left, leave } = useLeft(found);
  const settle = (leaving: readonly Suspect[]) => {
    leave(leaving);
    tell(describeFound(left.length - leaving.length, cell.count));
  };
  useSettled({ list, left, leave: settle, fallback: () => title.current });
  useEffect(() => {
    const load = async () => {
      const answer = await fetchSuspects();
      if (!answer.ok) return setProblem(answer.error.detail);
      const inCell = findInCell(answer.value.suspects, cell);
      show(inCell);
      tell(describeFound(inCell.length, cell.count));
    };
    takeFocus(title.current);
    void load();
  }, []);
  const words = texts.photosOf(nameOf(names, cell.given), nameOf(names, cell.answered));
  return (
    <div class="matrix-examples">
      <h4 tabIndex={-1} ref={title}>
        {words}
      </h4>
      <p class="soft small" role="status">
        {said}
      </p>
      <Alert text={problem} />
      <ul class="doubts" aria-label={words} ref={list}>
        {left.map((suspect) => (
          <DoubtRow key={suspect.photo} {...{ suspect, names, audience: { refresh, tell } }} heading="h4" />
        ))}
      </ul>
      <p>
        <LookLink look={{ kind: "mistakes", version, label: cell.given, said: cell.answered }} about={words} />
      </p>
      <Button kind="quiet" onClick={onClose}>
        {texts.close}
      </Button>
    </div>
  );
}
