/** One sample that the head is unsure of: what it looks like, what the head makes of it, and what it may be. */
import { NONE_ID } from "../../shared/none-label.ts";
import type { PoolTexts } from "../texts/kitchen/en/pool.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import type { Answer } from "./admin-api.ts";
import { createButton, createElement, isBusy, setBusy, showAlert } from "./dom.ts";
import { createPickerButton } from "./picker-button.ts";
import { dismissPooled, labelPooled, type PooledSample } from "./pool-api.ts";
import { createPreview } from "./preview.ts";
import { createTime } from "./time-element.ts";

interface PoolCardContext {
  readonly texts: PoolTexts;
  readonly classes: readonly ItemClass[];
  /** The sample waits no longer; `words` say why. */
  readonly leave: (words: string) => void;
}

/** Answers of the head that are buttons. */
const OFFERED = 2;
const { card: cardTexts, says } = kitchen.reviewQueue;

/** A list item. Nothing is decided until a button is pressed. */
export function createPoolCard(sample: PooledSample, { texts, classes, leave }: PoolCardContext): HTMLElement {
  const { photo } = sample;
  const alert = createElement("div", { attributes: { role: "alert" } });
  const settle = async (act: () => Answer<void>, words: string) => {
    if (isBusy(body)) return;
    setBusy(body, true);
    const answer = await act();
    setBusy(body, false);
    if (answer.ok) leave(words);
    else if (answer.error.status === 404) leave(texts.gone);
    else showAlert(alert, answer.error.detail);
  };
  const label = (id: string, words: string) => void settle(() => labelPooled(photo, id), words);
  const offers = nameAnswers(sample, classes)
    .slice(0, OFFERED)
    .map(({ id, name }) => createButton(texts.is(name), "plain", () => label(id, texts.labelled(name))));
  const none = createButton(kitchen.none.title, "plain", () => label(NONE_ID, texts.none));
  const picker = createPickerButton({
    listItems: () => classes.filter(({ archived }) => !archived),
    onPick: ({ id, name }) => label(id, texts.labelled(name)),
    onMissing: () => label(NONE_ID, texts.none),
    onBack: () => picker.button.focus(),
  });
  const dismiss = createButton(texts.leaveOut, "quiet", () => void settle(() => dismissPooled(photo), texts.leftOut));
  dismiss.setAttribute("aria-label", texts.leaveOutIt);
  const body = createElement(
    "article",
    { class: "card review", attributes: { "aria-labelledby": `pool-${photo}` } },
    createPreview(sample, { alt: texts.picture, none: cardTexts.noPicture, look: "thumbnail" }),
    createWords(sample, texts, classes),
    createElement("div", { class: "button-row" }, ...offers, none, picker.button, dismiss),
    picker.place,
    alert,
  );
  return createElement("li", {}, body);
}

function createWords(sample: PooledSample, texts: PoolTexts, classes: readonly ItemClass[]): HTMLElement {
  const { reasons, share } = texts;
  const named = nameAnswers(sample, classes);
  const shares = named.map(({ name, score }) => share(name, kitchen.words.formatScore(score)));
  return createElement(
    "div",
    { class: "review-words" },
    createElement("p", { class: "eyebrow", text: sample.reason === "unknown" ? reasons.unknown : reasons.undecided }),
    createElement("h3", { text: askWhich(named, texts), attributes: { id: `pool-${sample.photo}` } }),
    createElement("p", { class: "soft", text: shares.join(", ") }),
    createElement("p", { class: "soft small" }, createTime(sample.seenAt)),
  );
}

/** `Pepperoni or Hawaiian?` */
function askWhich([best, next]: readonly { readonly name: string }[], texts: PoolTexts): string {
  if (best === undefined) return texts.what;
  return says.which(next === undefined ? best.name : says.or(best.name, next.name));
}

/** What the head answers, by the names of today. */
function nameAnswers({ answers }: PooledSample, classes: readonly ItemClass[]) {
  const names = new Map(classes.map(({ id, name }) => [id, name]));
  return answers.map(({ label: id, score }) => ({ id, score, name: names.get(id) ?? id }));
}
