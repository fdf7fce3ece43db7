/** Labels that the newest version doubts: right after all, to be changed, or to be forgotten. Never decided by itself. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { useCut } from "./cut.tsx";
import { find } from "./dom.ts";
import { DoubtRow } from "./doubt-row.tsx";
import type { Suspect } from "./label-answers.ts";
import { fetchSuspects } from "./label-api.ts";
import { mount } from "./mount.tsx";
import { onePerPicture } from "./one-per-picture.ts";
import { LookLink } from "./sample-copy.tsx";
import { type SettledAudience, useLeft, useSettled } from "./settled.tsx";
import type { ItemNames } from "./version-words.ts";

const texts = kitchen.reviews;
/** On a phone a row is as high as half a screen. */
const ROOM = { small: 1, large: 5 };

/** `refresh` is called after a label has been settled. */
export function createDoubtsSection(refresh: () => Promise<void>) {
  let shown = "";
  /** Looks again when a newer version may doubt other labels; the list is long to read for the server. */
  const show = async (newestVersion: number | null, names: ItemNames) => {
    const key = JSON.stringify([newestVersion, [...names]]);
    if (key === shown) return;
    shown = key;
    const answer = await fetchSuspects();
    if (!answer.ok) {
      shown = "";
      return;
    }
    const suspects = onePerPicture(answer.value.suspects);
    mount("doubts-body", <Doubts {...{ suspects, names }} audience={{ refresh, tell }} />);
  };
  return { show };
}

function tell(words: string): void {
  find("doubts-status").textContent = words;
}

interface DoubtsProps {
  readonly suspects: readonly Suspect[];
  readonly names: ItemNames;
  readonly audience: SettledAudience;
}

function Doubts({ suspects, names, audience }: DoubtsProps) {
  const { left, leave } = useLeft(suspects);
  const { list, shown, button } = useCut<HTMLUListElement>(ROOM, left.length);
  useSettled({ list, left, leave, fallback: () => find("doubts-title") });
  if (left.length === 0) return <p class="empty">{texts.doubts.empty}</p>;
  return (
    <>
      <ul class="card doubts" aria-labelledby="doubts-title" ref={list}>
        {left.map((suspect, at) =>
          at < shown ? (
            <DoubtRow key={suspect.photo} {...{ suspect, names, audience }} heading="h3" />
          ) : (
            <li key={suspect.photo} class="doubt" hidden />
          ),
        )}
      </ul>
      {button}
      <p>
        <LookLink look={{ kind: "doubted" }} about={texts.doubtsSection.title} />
      </p>
    </>
  );
}
