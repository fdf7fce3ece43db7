/**
 * What follows an answer: the guest says that it is right, or which item it is, or that it is none of them. Knows the visit
 * it belongs to by `AnswerContext` alone.
 */
import { NONE_ID } from "../../shared/none-label.ts";
import { explainToGuest } from "../guests/guest-problems.ts";
import { describeAnswer, describeLimits, listReplies, type Verdict } from "../guests/wording.ts";
import type { Texts } from "../texts/en.ts";
import { type Classification, labelReceipt, type MenuItem, menuItems } from "./answers.ts";
import type { CallApi } from "./call-api.ts";
import { nothing } from "./decode.ts";
import { createButton, createElement, isBusy, setBusy } from "./dom.ts";
import type { Panel } from "./form-panel.ts";
import { createItemChoices } from "./item-choices.ts";
import { createItemPicker } from "./item-picker.ts";
import { createScoreBars } from "./score-bars.ts";
import { createSuggestionForm } from "./suggestion-form.ts";

/** Fewer are read faster than a search box. */
const MIN_SEARCHED_ITEMS = 6;

/** What staff get to see beside a correction. */
export type SentCopy = { readonly thumbnail: string } | { readonly text: string } | Record<never, never>;

/** Where answers are shown, in which words, and how the API is asked: a page's, or a widget's. */
export interface ReplyStage {
  readonly texts: Texts;
  readonly panel: Panel;
  /** Calls that guests may have to show themselves for; `GET` needs no more than it asks for. */
  readonly call: CallApi;
}

/** One answer, about a photo or a text. */
interface AnswerContext extends ReplyStage {
  readonly answer: Classification;
  /** What goes along with a correction, and what is said about that beforehand. */
  readonly makeCopy: () => Promise<SentCopy>;
  readonly note: string;
  /** Photos that were asked about together; absent where it was one. */
  readonly shots?: number | undefined;
  /** Aborted when the guest has moved on to another one. */
  readonly signal: AbortSignal;
  /** The menu as it was when the page was opened. */
  readonly knownItems: readonly MenuItem[];
  /** Looks at the same one again. */
  readonly onAgain: () => void;
  /** Back to the start, for another one. */
  readonly onReset: () => void;
}

/** Shows the answer with the ways to reply to it. */
export function showAnswer(context: AnswerContext): void {
  const { answer, note, texts, panel, shots } = context;
  const verdict = describeAnswer(answer, texts);
  panel.say(
    verdict.headline,
    [verdict.detail, ...(shots === undefined ? [] : [texts.intake.burst.answered(shots)])].join(" "),
  );
  const buttons = listReplies(verdict, texts).map(({ text, label, kind }) => {
    if (label === null) return createButton(text, kind, () => void openPicker(context, verdict));
    const button = createButton(text, kind, () => void sendLabel(context, label, button));
    return button;
  });
  panel.show(
    createScoreBars(answer.predictions, verdict.named, texts),
    createElement("div", { class: "button-row" }, ...buttons),
    createElement("p", { class: "footnote", text: [...describeLimits(answer, verdict, texts), note].join(" ") }),
  );
}

async function openPicker(context: AnswerContext, verdict: Verdict): Promise<void> {
  // Asked afresh, since an item may have joined the menu after this page was opened.
  const { texts, panel } = context;
  const fresh = await context.call({ path: "/v1/menu" }, menuItems);
  if (context.signal.aborted) return;
  const items = fresh.ok ? fresh.value.items : context.knownItems;
  const refused = new Set(verdict.named.map(({ label }) => label));
  const others = items.filter((item) => !refused.has(item.id));
  if (others.length === 0) return openSuggestion(context);
  const createList = others.length < MIN_SEARCHED_ITEMS ? createItemChoices : createItemPicker;
  const picker = createList({
    texts: texts.picker,
    items: others,
    onPick: (item: MenuItem) => void sendLabel(context, item.id, picker.element),
    onMissing: () => openSuggestion(context),
    onBack: () => showAnswer(context),
  });
  panel.say(texts.picker.title);
  panel.show(picker.element);
  picker.focus();
}

function openSuggestion(context: AnswerContext): void {
  const { texts, panel } = context;
  const suggestion = createSuggestionForm({
    texts,
    onSend: (text) => void sendSuggestion(context, text, suggestion.element),
    onBack: () => showAnswer(context),
  });
  panel.say(texts.missing.title);
  panel.show(suggestion.element);
  suggestion.focus();
}

/** What it is instead goes to the owner, and that it is not on the menu to the staff. Pressed again, what has arrived counts once. */
async function sendSuggestion(context: AnswerContext, text: string, control: HTMLElement): Promise<void> {
  if (isBusy(control)) return;
  setBusy(control, true);
  const { answer, signal, texts } = context;
  const json = { text, receipt: answer.receipt };
  const told = await context.call({ method: "POST", path: "/v1/suggestions", json, signal }, nothing);
  const sent = told.ok ? await postLabel(context, NONE_ID) : told;
  if (signal.aborted) return;
  setBusy(control, false);
  if (sent.ok) finish(context, texts.thanks.title, texts.thanks.suggested);
  else showLabelProblem(context, sent.error.code);
}

async function sendLabel(context: AnswerContext, label: string, control: HTMLElement): Promise<void> {
  if (isBusy(control)) return;
  setBusy(control, true);
  const sent = await postLabel(context, label);
  if (context.signal.aborted) return;
  setBusy(control, false);
  if (!sent.ok) return showLabelProblem(context, sent.error.code);
  const { status, stored } = sent.value;
  const { thanks } = context.texts;
  if (!stored) finish(context, thanks.title, thanks.known);
  else finish(context, thanks.title, status === "counted" ? thanks.counted : thanks.pending);
}

async function postLabel({ answer, makeCopy, signal, call }: AnswerContext, label: string) {
  const json = { receipt: answer.receipt, label, ...(await makeCopy()) };
  return call({ method: "POST", path: "/v1/labels", json, signal }, labelReceipt);
}

/** Codes that say that the answer a correction belongs to is no longer good. */
const STALE_CODES = new Set(["receipt_invalid", "receipt_expired", "backbone_mismatch"]);

/** The answer stays on the page, so that a guest whose connection dropped can simply press again. */
function showLabelProblem({ onAgain, texts, panel }: AnswerContext, code: string): void {
  const again = STALE_CODES.has(code) ? [createButton(texts.lookAgain, "primary", onAgain)] : [];
  panel.warn(explainToGuest(code, texts).text, ...again);
}

function finish({ onReset, texts, panel }: AnswerContext, headline: string, detail: string): void {
  panel.say(headline, detail);
  const another = createButton(texts.anotherPhoto, "primary", onReset);
  panel.show(createElement("div", { class: "button-row" }, another));
  another.focus();
}
