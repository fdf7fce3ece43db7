/** "Compare with version …": a choice of the other versions, and the two side by side below it. */
import { useRef, useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Answer } from "./admin-api.ts";
import {
  type ComparedFigure,
  compareFigures,
  compareItems,
  compareSpecialFigures,
  describeMenuChange,
} from "./comparison.ts";
import { Button } from "./controls.tsx";
import { Figures } from "./figures.tsx";
import type { HeadComparison, HeadVersion } from "./head-answers.ts";
import { fetchComparison } from "./head-api.ts";
import type { ItemNames } from "./version-words.ts";

const texts = kitchen.comparison;

interface ComparisonProps {
  readonly head: HeadVersion;
  /** Newest first. The live version is offered first; beside itself, the one before it. */
  readonly others: readonly HeadVersion[];
  readonly names: ItemNames;
}

export function Comparison({ head, others, names }: ComparisonProps) {
  const [answer, setAnswer] = useState<Awaited<Answer<HeadComparison>> | null>(null);
  const choice = useRef<HTMLSelectElement>(null);
  const before = others.find(({ version }) => version < head.version);
  const [usual] = useState((others.find(({ live }) => live) ?? before ?? others[0]).version);
  const compare = async () => {
    // The older one stands on the left, as time goes.
    const [from, to] = [head.version, Number(choice.current?.value)].toSorted((one, other) => one - other);
    setAnswer(await fetchComparison(from, to));
  };
  return (
    <div>
      <div class="tool-row">
        <label class="field">
          <span class="field-name small">{texts.with}</span>
          <select ref={choice}>
            {others.map(({ version, live }) => (
              <option key={version} value={version} selected={version === usual}>
                {(live ? texts.liveVersion : kitchen.versions.title)(version)}
              </option>
            ))}
          </select>
        </label>
        <Button onClick={compare}>{texts.compare}</Button>
      </div>
      <div class="comparison" role="status">
        {answer?.ok && <Compared comparison={answer.value} names={names} />}
        {answer?.ok === false && <p class="notice notice-alert">{answer.error.detail}</p>}
      </div>
    </div>
  );
}

interface ComparedProps {
  readonly comparison: HeadComparison;
  readonly names: ItemNames;
}

function Compared({ comparison, names }: ComparedProps) {
  const titles = [comparison.from, comparison.to].map(kitchen.versions.title);
  const items = compareItems(comparison, names);
  const table = (title: string, figures: readonly ComparedFigure[]) => (
    <Figures heads={[title, ...titles]} rows={figures.map(({ name, from, to }) => [name, from, to])} />
  );
  return (
    <>
      {table(texts.figure, compareFigures(comparison))}
      {describeMenuChange(comparison, names).map((sentence) => (
        <p key={sentence}>{sentence}</p>
      ))}
      {items.length > 0 ? table(texts.recognised, items) : <p class="soft">{texts.same}</p>}
      <details>
        <summary>{texts.specialists}</summary>
        {table(texts.figure, compareSpecialFigures(comparison))}
      </details>
    </>
  );
}
