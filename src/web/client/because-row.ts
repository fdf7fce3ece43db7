/** One labelled photo that speaks for an item, how strongly, and what to do where its label is wrong. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Answer } from "./admin-api.ts";
import { createButton, createElement } from "./dom.ts";
import { describeExample, shortPhoto } from "./example-words.ts";
import { createHeldCopy } from "./held-copy.ts";
import type { SpeakingPhoto } from "./label-answers.ts";
import { forgetExample, relabelExample } from "./label-api.ts";
import { forAdmin } from "./role.ts";
import { linkTwins, type SettledAudience, settlePhoto, takeAway } from "./settle-row.ts";
import { createTime } from "./time-element.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

const texts = kitchen.because;
const doubts = kitchen.reviews.doubts;

/** What is around the answer. */
export interface BecauseContext extends SettledAudience {
  readonly names: ItemNames;
  /** What the answer is about, for the button's name. */
  readonly about: string;
}

/** What a row knows beside its photo. */
interface SpeakingPlace extends BecauseContext {
  /** What the list says that its rows speak for. */
  readonly item: string;
  /** The item that it may be instead: the other one of the two in question. */
  readonly other: string;
  /** From 0 to 1, the strongest of all rows. */
  readonly strength: number;
  /** Whether it is the very photo in question; people correct that one where the question stands. */
  readonly isItself: boolean;
  /** Gets the focus when the last row goes. */
  readonly fallback: HTMLElement;
}

/** `strength` is relative to the strongest photo of the list, 0 to 1. */
export function createSpeakingRow(photo: SpeakingPhoto, place: SpeakingPlace): HTMLElement {
  const { names, item, strength, isItself, fallback } = place;
  const short = shortPhoto(photo.photo);
  const words = createElement("span", { class: "small" }, createElement("code", { text: short }));
  const parts = [
    nameOf(names, photo.label),
    ...(photo.label === item || isItself ? [] : [texts.unlike]),
    isItself ? texts.itself : describeExample(photo),
  ];
  words.append(` ${parts.join(", ")}, `);
  words.append(createTime(photo.labelledAt));
  const fill = createElement("span", { class: "bar-fill" });
  // Set from script because the Content-Security-Policy refuses style attributes in markup.
  fill.style.setProperty("--score", String(strength));
  const bar = createElement("span", { class: "bar-track", attributes: { "aria-hidden": "true" } }, fill);
  const held = photo.picture || photo.text !== null ? createHeldCopy(photo) : [];
  const row = createElement("li", {}, ...held, words, bar);
  if (isItself) return row;
  row.append(...createRemedies(photo, place, row));
  linkTwins(row, photo.photo, () => takeAway(row, fallback));
  return row;
}

/** "This label is wrong", and behind it what can be done; nothing happens at the first press. */
function createRemedies({ photo }: SpeakingPhoto, place: SpeakingPlace, row: HTMLElement): readonly HTMLElement[] {
  const short = shortPhoto(photo);
  const alert = createElement("div", { attributes: { role: "alert" } });
  const decide = (act: () => Answer<void>, words: string) => settlePhoto(row, alert, act, words, [photo], place);
  const { names, other } = place;
  const name = nameOf(names, other);
  const change = createButton(doubts.change(name), "plain", () => {
    void decide(() => relabelExample(photo, other), doubts.changed(short, name));
  });
  const forget = forAdmin(
    createButton(doubts.forget, "quiet", () => {
      void decide(() => forgetExample(photo), doubts.forgotten(short));
    }),
  );
  for (const button of [change, forget]) button.setAttribute("aria-label", doubts.about(button.textContent, short));
  const remedies = createElement("div", { class: "button-row" }, change, forget);
  remedies.hidden = true;
  const wrong = createButton(texts.wrong, "quiet", () => {
    remedies.hidden = !remedies.hidden;
    wrong.setAttribute("aria-expanded", String(!remedies.hidden));
  });
  wrong.setAttribute("aria-label", texts.wrongOf(short));
  wrong.setAttribute("aria-expanded", "false");
  return [wrong, remedies, alert];
}
