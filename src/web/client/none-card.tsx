/** "Not on the menu" in the kitchen: how many photos say so, how many such photos would be noticed, and a place to drop more. */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { LiveHead, MarkedPhotos } from "./admin-answers.ts";
import { placeOfItem, type Taught } from "./item-card.tsx";
import { SampleDrop } from "./sample-drop.tsx";

const texts = kitchen.none;

/** What both its cards say. */
export interface NoneProps extends Pick<Taught, "limits" | "refresh"> {
  /** Photos that are labelled so. */
  readonly examples: number;
  readonly live: LiveHead | null;
}

/** On the menu, the counterpart of an item's card; its name leads to its own place. */
export function NoneCard(props: NoneProps) {
  return (
    <article class="card item item-none" aria-labelledby="none-title">
      <div class="item-head">
        <h2 class="card-title" id="none-title">
          <a href={placeOfItem(NONE_ID)}>{texts.title}</a>
        </h2>
        <NoneCount {...props} />
      </div>
      <NoneBody {...props} />
    </article>
  );
}

/** How many photos are labelled so. */
export function NoneCount({ examples }: Pick<NoneProps, "examples">) {
  return <p class="item-count">{kitchen.items.card.photos(examples)}</p>;
}

/** Below the heading, on the menu and at its own place. */
export function NoneBody({ live, limits, refresh }: NoneProps) {
  return (
    <>
      <p class="soft">{texts.note}</p>
      <p class="item-verdict">{describeLive(live)}</p>
      <SampleDrop {...{ limits, itemId: NONE_ID, name: texts.title, onChange: refresh }} />
    </>
  );
}

/** How many such photos the live version would notice by itself, where that was measured; and whether it can only guess. */
function describeLive(live: LiveHead | null): string {
  const strangers = live?.evaluation?.strangers ?? null;
  const isGuess = live !== null && (live.evaluation === null || live.evaluation.fewPhotos === true);
  return [isGuess ? texts.fewPhotos : "", strangers === null ? "" : describeCaught(strangers)].join(" ").trim();
}

/** In tenths, which is all that a handful of photos can say; empty where one alone says nothing. */
function describeCaught({ marked, found }: MarkedPhotos): string {
  return found === null ? "" : texts.caught(Math.round((10 * found) / marked));
}
