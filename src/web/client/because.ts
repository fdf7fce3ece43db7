/**
 * "Why?": the labelled photos that an answer stands on, asked for when somebody wants to know, each with what to do where its label
 * is wrong. Where no picture is kept, a photo goes by its fingerprint.
 */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { type BecauseContext, createSpeakingRow } from "./because-row.ts";
import { createButton, createElement, isBusy, setBusy, showAlert } from "./dom.ts";
import type { Explanation, SpeakingPhoto } from "./label-answers.ts";
import { explainPhoto, type WhyQuestion } from "./label-api.ts";
import { createLookLink } from "./look-link.ts";
import { nameOf } from "./version-words.ts";

const texts = kitchen.because;

/** The caller puts both into its card: the button among the others, the place below them. */
export interface Because {
  readonly button: HTMLButtonElement;
  /** Empty until the button is pressed. */
  readonly place: HTMLElement;
}

/** Asks the server at each opening, since labels may have changed meanwhile. */
export function createBecause(question: WhyQuestion, context: BecauseContext): Because {
  const place = createElement("div", { class: "because" });
  const button = createButton(texts.ask, "quiet", () => void (place.childElementCount > 0 ? close() : open()));
  const close = () => {
    place.replaceChildren();
    button.setAttribute("aria-expanded", "false");
  };
  const open = async () => {
    if (isBusy(button)) return;
    setBusy(button, true);
    const answer = await explainPhoto(question);
    setBusy(button, false);
    button.setAttribute("aria-expanded", "true");
    if (!answer.ok) return showAlert(place, answer.error.detail);
    const { explanation } = answer.value;
    place.replaceChildren(
      ...(explanation === null ? [note(texts.nothing)] : describe(explanation, question.photo, context, button)),
    );
  };
  button.setAttribute("aria-label", texts.askAbout(context.about));
  button.setAttribute("aria-expanded", "false");
  return { button, place };
}

function describe(
  explanation: Explanation,
  photo: string,
  context: BecauseContext,
  button: HTMLElement,
): readonly HTMLElement[] {
  const { answer, rival, against, weighed, learned, capped, current } = explanation;
  const strongest = Math.max(...[...explanation.for, ...against].map(({ contribution }) => Math.abs(contribution)));
  const listOf = (item: string, rows: readonly SpeakingPhoto[]) => {
    const title = texts.speakFor(nameOf(context.names, item));
    const items = rows.map((row) =>
      createSpeakingRow(row, {
        ...context,
        item,
        other: row.label === answer ? rival : answer,
        strength: Math.abs(row.contribution) / strongest,
        isItself: row.photo === photo,
        fallback: button,
      }),
    );
    const list = createElement("ul", { attributes: { "aria-label": title } }, ...items);
    return [note(title), rows.length === 0 ? note(texts.none) : list];
  };
  return [
    ...listOf(answer, explanation.for),
    ...listOf(rival, against),
    createElement("p", {}, createLookLink({ kind: "near", photo }, context.about)),
    ...(hasUnlike(explanation) ? [note(texts.howUnlike)] : []),
    ...(capped ? [note(texts.capped(weighed, learned))] : []),
    ...(current ? [] : [note(texts.outdated)]),
  ];
}

/** Whether a row speaks for the item that is not its own. */
function hasUnlike({ answer, rival, for: speaking, against }: Explanation): boolean {
  return speaking.some(({ label }) => label !== answer) || against.some(({ label }) => label !== rival);
}

function note(text: string): HTMLElement {
  return createElement("p", { class: "soft small", text });
}
