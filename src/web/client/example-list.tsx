/** The photos that teach an item, page by page, each to be moved to another item, to those that are not on the menu, or forgotten. */
import { useEffect, useRef, useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import type { Answer } from "./admin-api.ts";
import { Alert, Button } from "./controls.tsx";
import { focusRow } from "./cut.tsx";
import { giveFocusOn } from "./deeds.tsx";
import { ExampleRow } from "./example-row.tsx";
import { type Label, listLabels } from "./item-names.ts";
import type { Example } from "./label-answers.ts";
import { fetchExamples } from "./label-api.ts";
import { LookLink } from "./sample-copy.tsx";
import { ShareButtons } from "./share-buttons.tsx";

const texts = kitchen.itemTools.photos;

interface ExampleListProps {
  readonly label: Label;
  /** What the list is called. */
  readonly title: string;
  /** The whole menu. */
  readonly classes: readonly ItemClass[];
  readonly refresh: () => Promise<void>;
}

/** Asks for the first page when it opens. */
export function ExampleList({ label, title, classes, refresh }: ExampleListProps) {
  const { examples, next, problem, tell, load, leave } = useExamples(label.id);
  const [said, say] = useState("");
  const status = useRef<HTMLParagraphElement>(null);
  const list = useRef<HTMLUListElement>(null);
  const others = listLabels(classes).filter(({ id }) => id !== label.id);
  /** Does what was asked for to one photo, and takes its row away. */
  const settle = async (row: Element, photo: string, act: () => Answer<void>, words: string) => {
    const answer = await act();
    tell(answer.ok ? "" : answer.error.detail);
    if (!answer.ok) return;
    say(words);
    giveFocusOn(row, status.current);
    leave(photo);
    await refresh();
  };
  /** The button goes with the last page; the first of the new rows is where reading goes on. */
  const more = async () => {
    const at = examples?.length ?? 0;
    await load();
    focusRow(list.current?.children[at]);
  };
  const shared = async (words: string) => {
    say(words);
    await Promise.all([load(true), refresh()]);
  };
  const { setItemAside: setAside, giveItemBack: giveBack, setAsideDone, givenBack: giveBackDone } = texts;
  return (
    <div class="tool-form">
      <p class="soft small">{texts.note}</p>
      <p>
        <LookLink look={{ kind: "item", item: label.id }} about={title} />
      </p>
      <ShareButtons
        {...{ classId: label.id, kind: "quiet", words: { setAside, giveBack, setAsideDone, giveBackDone } }}
        {...{ isAnyAside: true, onChange: shared }}
      />
      <p class="soft small" role="status" tabIndex={-1} ref={status}>
        {said || (examples?.length === 0 && texts.empty)}
      </p>
      <ul class="examples" aria-label={title} ref={list}>
        {examples?.map((example) => (
          <ExampleRow key={example.photo} {...{ example, others, settle, tell, say }} />
        ))}
      </ul>
      {next !== null && <Button onClick={more}>{texts.more}</Button>}
      <Alert text={problem} />
    </div>
  );
}

interface Pages {
  /** Null before the first. */
  readonly examples: readonly Example[] | null;
  /** Where the next page begins; null behind the last one. */
  readonly next: string | null;
}

const NOTHING: Pages = { examples: null, next: null };

/** The pages so far; what went wrong last; and what asks for the next page, or for the first one anew. */
function useExamples(label: string) {
  const [pages, show] = useState<Pages>(NOTHING);
  const [problem, tell] = useState("");
  /** Counts the beginnings: a page that was asked for before the last of them is out of date. */
  const turn = useRef(0);
  const load = async (isAnew = false) => {
    if (isAnew) {
      show(NOTHING);
      turn.current++;
    }
    const asked = turn.current;
    const answer = await fetchExamples(label, isAnew ? "" : (pages.next ?? ""));
    if (asked !== turn.current) return;
    tell(answer.ok ? "" : answer.error.detail);
    if (!answer.ok) return;
    const { examples, next } = answer.value;
    show((last) => ({ examples: [...(last.examples ?? []), ...examples], next }));
  };
  const leave = (photo: string) =>
    show(({ examples, next }) => ({ examples: examples?.filter((example) => example.photo !== photo) ?? null, next }));
  useEffect(() => void load(true), []);
  return { ...pages, problem, tell, load, leave };
}
