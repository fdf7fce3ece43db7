/** One doubted label: what speaks against it, and the word of staff that settles it. */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Answer } from "./admin-api.ts";
import { createBecause } from "./because.ts";
import { createButton, createElement } from "./dom.ts";
import { describeSuspect, shortPhoto } from "./example-words.ts";
import { createHeldCopy } from "./held-copy.ts";
import type { Suspect } from "./label-answers.ts";
import { confirmExample, forgetExample, forgetExamples, relabelExample, settleCopies } from "./label-api.ts";
import { forAdmin } from "./role.ts";
import { linkTwins, type SettledAudience, settlePhoto } from "./settle-row.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

const texts = kitchen.reviews.doubts;

/** The list that the row is in. */
interface DoubtPlace extends SettledAudience {
  readonly names: ItemNames;
  /** Takes the settled row away, and the focus on. */
  readonly leave: (row: HTMLElement) => void;
  readonly heading: "h3" | "h4";
}

/** One way to settle a doubt: what its button reads, what it asks for, and what is said once that is done. */
interface Choice {
  readonly label: string;
  readonly act: () => Answer<void>;
  readonly done: string;
}

/** What a row says, asks "why?" about, and offers. */
interface Doubt {
  readonly title: string;
  readonly question: { readonly answer?: string; readonly rival?: string };
  readonly choices: readonly Choice[];
  readonly forget: Choice;
}

/** A row, empty until it is filled: of a long list few rows ever show. */
export interface DoubtRow {
  readonly element: HTMLElement;
  /** Makes what it holds, once. */
  fill(): void;
}

/** `suspect.copies` are settled together with the photo itself. The row leaves when its doubt is settled anywhere. */
export function createDoubtRow(suspect: Suspect, place: DoubtPlace): DoubtRow {
  const element = createElement("li", { class: "doubt" });
  linkTwins(element, suspect.photo, () => place.leave(element));
  const fill = () => {
    if (element.childElementCount === 0) fillRow(element, suspect, place);
  };
  return { element, fill };
}

function fillRow(row: HTMLElement, suspect: Suspect, { names, refresh, tell, heading }: DoubtPlace): void {
  const { photo } = suspect;
  const short = shortPhoto(photo);
  const doubt = suspect.copies.length > 0 ? describeCopies(suspect, names) : describeDoubt(suspect, names);
  const alert = createElement("div", { attributes: { role: "alert" } });
  const photos = [photo, ...suspect.copies.map((copy) => copy.photo)];
  const offer = ({ label, act, done }: Choice, kind: "plain" | "quiet") => {
    const button = createButton(label, kind, () => {
      void settlePhoto(row, alert, act, done, photos, { refresh, tell });
    });
    button.setAttribute("aria-label", texts.about(label, short));
    return button;
  };
  const buttons = [...doubt.choices.map((choice) => offer(choice, "plain")), forAdmin(offer(doubt.forget, "quiet"))];
  const title = createElement(heading, { text: doubt.title });
  const code = createElement("code", { text: short });
  const words = createElement("p", { class: "soft small" }, code);
  words.append(` ${describeSuspect(suspect, names)}`);
  const text = createElement("div", {}, title, ...createHeldCopy(suspect), words);
  const because = createBecause(
    { photo, ...doubt.question },
    { names, refresh, tell, about: texts.about(doubt.title, short) },
  );
  const deeds = createElement("div", { class: "button-row" }, ...buttons, because.button);
  row.replaceChildren(text, deeds, because.place, alert);
}

/** Another item may be right, or nothing of the menu. */
function describeDoubt(suspect: Suspect, names: ItemNames): Doubt {
  const { photo } = suspect;
  const given = nameOf(names, suspect.given);
  const short = shortPhoto(photo);
  const { title, change, changed } = describeRival(suspect, names);
  return {
    title,
    question: askWhy(suspect),
    choices: [
      { label: texts.confirm(given), act: () => confirmExample(photo), done: texts.confirmed(short, given) },
      { label: change, act: () => relabelExample(photo, suspect.suggested), done: changed(short) },
    ],
    forget: { label: texts.forget, act: () => forgetExample(photo), done: texts.forgotten(short) },
  };
}

function describeRival({ given, suggested }: Suspect, names: ItemNames) {
  const none = kitchen.none;
  if (suggested === NONE_ID) {
    return { title: none.doubtTitle(nameOf(names, given)), change: none.title, changed: none.moved };
  }
  const name = nameOf(names, suggested);
  return {
    title: texts.title(nameOf(names, given), name),
    change: texts.change(name),
    changed: (short: string) => texts.changed(short, name),
  };
}

/** No photos support "not on the menu", so "why?" explains there the answer among the items. */
function askWhy({ given, suggested }: Suspect): Doubt["question"] {
  return suggested === NONE_ID ? {} : { answer: suggested, rival: given };
}

/** The same picture under the item that it may be instead: it can be only one of the two. */
function describeCopies(suspect: Suspect, names: ItemNames): Doubt {
  const { photo, given, suggested, copies } = suspect;
  const others = copies.map((copy) => copy.photo);
  return {
    title: texts.copies.title(nameOf(names, given), nameOf(names, suggested)),
    question: askWhy(suspect),
    choices: [given, suggested].map((label) => ({
      label: texts.confirm(nameOf(names, label)),
      act: () => settleCopies(photo, others, label),
      done: texts.copies.settled(nameOf(names, label)),
    })),
    forget: {
      label: texts.copies.forget,
      act: () => forgetExamples([photo, ...others]),
      done: texts.copies.forgotten,
    },
  };
}
