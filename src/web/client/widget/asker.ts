/** One question in a widget from sending it to the reply: asks, shows the answer or what went wrong, lets a reader correct it. */
import type { Result } from "../../../shared/result.ts";
import { explainToGuest } from "../../guests/guest-problems.ts";
import { describeReadiness, noteOnCopy } from "../../guests/wording.ts";
import type { Classification } from "../answers.ts";
import { createButton, createElement } from "../dom.ts";
import { type SentCopy, showAnswer } from "../form-reply.ts";
import type { Problem } from "../problem.ts";
import type { WidgetApi } from "./widget-api.ts";
import type { WidgetFrame } from "./widget-frame.ts";
import type { WidgetMenu } from "./widget-menu.ts";
import type { WidgetTexts } from "./widget-texts.ts";

export interface AskerOptions {
  readonly frame: WidgetFrame;
  readonly api: WidgetApi;
  /** The widget's element: hears of every answer by the event `headstart-answer`. */
  readonly host: HTMLElement;
  /** Aborted when the widget leaves its page or is pointed elsewhere. */
  readonly signal: AbortSignal;
  readonly texts: WidgetTexts;
  readonly menu: WidgetMenu;
}

/** One thing that was asked about. */
export interface Asked {
  /** Asks the API about it. */
  readonly send: (signal: AbortSignal) => Promise<Result<Classification, Problem>>;
  readonly makeCopy: () => Promise<SentCopy>;
  /** Leads to another one. */
  readonly change: () => void;
  readonly reset: () => void;
}

export interface Asker {
  /** Says whether the deployment can answer yet. */
  showMenu(): void;
  /** What was under way before is dropped. */
  lookAt(asked: Asked): Promise<void>;
}

export function createAsker({ frame, api, host, signal, texts, menu }: AskerOptions): Asker {
  const { panel } = frame;
  let running = new AbortController();

  function showMenu(): void {
    const { headline, detail } = describeReadiness(menu, texts);
    panel.say(headline, headline === "" ? texts.page.lead : detail);
    panel.show(createElement("p", { class: "footnote", text: whereItGoes() }));
  }

  function whereItGoes(): string {
    const { handsOnTo } = menu;
    return (handsOnTo !== null && texts.box?.handedOnNote(handsOnTo)) || texts.device.sentNote;
  }

  async function lookAt(asked: Asked): Promise<void> {
    running.abort();
    running = new AbortController();
    const here = AbortSignal.any([signal, running.signal]);
    panel.say(texts.answer.looking);
    panel.show(createElement("div", { class: "skeleton", attributes: { "aria-hidden": "true" } }));
    frame.setBusy(true);
    const answer = await asked.send(here);
    if (here.aborted) return;
    frame.setBusy(false);
    if (answer.ok) showReply(asked, answer.value, here);
    else showProblem(asked, answer.error);
  }

  function showReply(asked: Asked, answer: Classification, here: AbortSignal): void {
    const { predictions, unknown, undecided } = answer;
    const detail = { predictions, unknown, undecided };
    host.dispatchEvent(new CustomEvent("headstart-answer", { detail, bubbles: true, composed: true }));
    showAnswer({
      texts,
      panel,
      call: api.call,
      answer,
      signal: here,
      makeCopy: asked.makeCopy,
      note: noteOnCopy(texts, menu.picturesKept),
      knownItems: menu.items,
      onAgain: () => void lookAt(asked),
      onReset() {
        running.abort();
        showMenu();
        asked.reset();
      },
    });
  }

  function showProblem(asked: Asked, { code }: Problem): void {
    panel.clear();
    const { text, remedy } = explainToGuest(code, texts);
    const actions = {
      again: [createButton(texts.again, "plain", () => void lookAt(asked))],
      "other-photo": [createButton(texts.anotherPhoto, "plain", asked.change)],
      none: [],
    };
    panel.warn(text, ...actions[remedy]);
  }

  return { showMenu, lookAt };
}
