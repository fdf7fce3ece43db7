/** One doubted label: what speaks against it, and the word of staff that settles it. */
import { NONE_ID } from "../../shared/none-label.ts";
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import type { Answer } from "./admin-api.ts";
import { createBecause } from "./because.ts";
import { createButton, createElement } from "./dom.ts";
import { describeSuspect, shortPhoto } from "./example-words.ts";
import type { Suspect } from "./label-answers.ts";
import { confirmExample, forgetExample, relabelExample } from "./label-api.ts";
import { forAdmin } from "./role.ts";
import { linkTwins, type SettledAudience, settlePhoto } from "./settle-row.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

const texts = kitchen.reviews.doubts;

/** The list that the row is in. */
export interface DoubtPlace extends SettledAudience {
  readonly names: ItemNames;
  /** Takes the settled row away, and the focus on. */
  readonly leave: (row: HTMLElement) => void;
  readonly heading: "h3" | "h5";
}

export function createDoubtRow(suspect: Suspect, { names, refresh, tell, leave, heading }: DoubtPlace): HTMLElement {
  const { photo } = suspect;
  const given = nameOf(names, suspect.given);
  const rival = describeRival(suspect, names);
  const short = shortPhoto(photo);
  const alert = createElement("div", { attributes: { role: "alert" } });
  const decide = (act: () => Answer<void>, words: string) => settlePhoto(row, alert, act, words, { refresh, tell });
  const buttons = [
    createButton(texts.confirm(given), "plain", () => {
      void decide(() => confirmExample(photo), texts.confirmed(short, given));
    }),
    createButton(rival.change, "plain", () => {
      void decide(() => relabelExample(photo, suspect.suggested), rival.changed(short));
    }),
    forAdmin(
      createButton(texts.forget, "quiet", () => {
        void decide(() => forgetExample(photo), texts.forgotten(short));
      }),
    ),
  ];
  for (const button of buttons) button.setAttribute("aria-label", texts.about(button.textContent, short));
  const title = createElement(heading, { text: rival.title });
  const code = createElement("code", { text: short });
  const words = createElement("p", { class: "soft small" }, code);
  words.append(` ${describeSuspect(suspect, names)}`);
  const text = createElement("div", {}, title, words);
  const because = createBecause(
    { photo, ...rival.question },
    { names, refresh, tell, about: texts.about(rival.title, short) },
  );
  const row = createElement(
    "li",
    { class: "doubt" },
    text,
    createElement("div", { class: "button-row" }, ...buttons, because.button),
    because.place,
    alert,
  );
  linkTwins(row, photo, () => leave(row));
  return row;
}

/** What the photo may be instead: another item, or nothing of the menu. */
function describeRival({ given, suggested }: Suspect, names: ItemNames) {
  const { none } = kitchen;
  if (suggested === NONE_ID) {
    // No photos speak for what is on no menu, so "why?" asks what the answer among the items stands on.
    return { title: none.doubtTitle(nameOf(names, given)), change: none.title, changed: none.moved, question: {} };
  }
  const name = nameOf(names, suggested);
  return {
    title: texts.title(nameOf(names, given), name),
    change: texts.change(name),
    changed: (short: string) => texts.changed(short, name),
    question: { answer: suggested, rival: given },
  };
}
