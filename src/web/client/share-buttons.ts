/** Two buttons: a fifth of the examples is set aside as test, or all of them are given back; of one item or of the whole menu. */
import { createButton, isBusy, setBusy, showAlert } from "./dom.ts";
import { changeTestSet, type TestChange } from "./testing-api.ts";

/** Of each item's examples: a fifth. */
const SHARE = 0.2;

interface ShareButtonsOptions {
  /** The item's; without it the menu's. */
  readonly classId?: string;
  readonly words: {
    readonly setAside: string;
    readonly giveBack: string;
    readonly setAsideDone: (examples: number) => string;
    readonly giveBackDone: (examples: number) => string;
  };
  /** How loud the first button is; the second is always quiet. */
  readonly kind: "plain" | "quiet";
  readonly alert: HTMLElement;
  /** Called after every change, with what to say. */
  readonly onChange: (words: string) => Promise<void>;
}

/** A refusal goes into the alert, which the next change clears. */
export function createShareButtons({ classId, words, kind, alert, onChange }: ShareButtonsOptions) {
  const change = async (button: HTMLElement, share: number, say: (change: TestChange) => string) => {
    if (isBusy(button)) return;
    setBusy(button, true);
    const answer = await changeTestSet(share, classId);
    setBusy(button, false);
    showAlert(alert, answer.ok ? "" : answer.error.detail);
    if (answer.ok) await onChange(say(answer.value));
  };
  const aside = createButton(
    words.setAside,
    kind,
    () => void change(aside, SHARE, ({ setAside }) => words.setAsideDone(setAside)),
  );
  const back = createButton(
    words.giveBack,
    "quiet",
    () => void change(back, 0, ({ returned }) => words.giveBackDone(returned)),
  );
  return { aside, back };
}
