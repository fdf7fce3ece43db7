/** What stands on a card after "Why?": the samples that speak for the answer, and those that speak for its rival. */
import { useRef } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Explanation, SpeakingPhoto } from "./label-answers.ts";
import { LookLink } from "./sample-copy.tsx";
import { type SettledAudience, useLeft, useSettled } from "./settled.tsx";
import { SpeakingRow } from "./speaking-row.tsx";
import { type ItemNames, nameOf } from "./version-words.ts";

const texts = kitchen.because;

interface ExplainedProps {
  /** The sample in question. */
  readonly photo: string;
  readonly names: ItemNames;
  /** What the answer is about. */
  readonly about: string;
  readonly audience: SettledAudience;
  /** Null where there is nothing to weigh. */
  readonly explanation: Explanation | null;
  /** Has the focus when the last row has gone. */
  readonly fallback: () => HTMLElement | null;
}

/** Two lists, and what there is to say of them. */
export function Explained({ explanation, ...around }: ExplainedProps) {
  if (explanation === null) return <Note text={texts.nothing} />;
  const { answer, rival, for: speaking, against, weighed, learned, capped, current } = explanation;
  const strongest = Math.max(...[...speaking, ...against].map(({ contribution }) => Math.abs(contribution)));
  return (
    <>
      <Speaking {...{ ...around, strongest, item: answer, other: rival, rows: speaking }} />
      <Speaking {...{ ...around, strongest, item: rival, other: answer, rows: against }} />
      <p>
        <LookLink look={{ kind: "near", photo: around.photo }} about={around.about} />
      </p>
      {hasUnlike(explanation) && <Note text={texts.howUnlike} />}
      {capped && <Note text={texts.capped(weighed, learned)} />}
      {!current && <Note text={texts.outdated} />}
    </>
  );
}

/** Whether a row speaks for the item that is not its own. */
function hasUnlike({ answer, rival, for: speaking, against }: Explanation): boolean {
  return speaking.some(({ label }) => label !== answer) || against.some(({ label }) => label !== rival);
}

function Note({ text }: { readonly text: string }) {
  return <p class="soft small">{text}</p>;
}

interface SpeakingProps extends Omit<ExplainedProps, "explanation"> {
  readonly strongest: number;
  /** What the rows speak for. */
  readonly item: string;
  /** The other one of the two in question. */
  readonly other: string;
  readonly rows: readonly SpeakingPhoto[];
}

function Speaking({ photo, names, audience, fallback, strongest, item, other, rows }: SpeakingProps) {
  const list = useRef<HTMLUListElement>(null);
  const { left, leave } = useLeft(rows);
  useSettled({ list, fallback, left, leave });
  const title = texts.speakFor(nameOf(names, item));
  return (
    <>
      <Note text={title} />
      {rows.length === 0 ? (
        <Note text={texts.none} />
      ) : (
        <ul aria-label={title} ref={list}>
          {left.map((row) => (
            <SpeakingRow
              key={row.photo}
              {...{ sample: row, names, audience, item, isItself: row.photo === photo }}
              other={row.label === item ? other : item}
              strength={Math.abs(row.contribution) / strongest}
            />
          ))}
        </ul>
      )}
    </>
  );
}
