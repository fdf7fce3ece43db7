/** What the buttons of a card do alike: what failed is said beside them, and what one of them opens gives the focus back to it. */
import { useRef, useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Answer } from "./admin-api.ts";
import { Alert, Button, type Needs } from "./controls.tsx";

/** Before what cannot be undone. */
interface Question {
  readonly question: string;
  readonly yes: string;
  readonly kind?: "primary" | "alert";
  readonly onYes: () => unknown;
}

/** `of` is the card's name, which tells its buttons from those of the others. One thing is open or asked at a time. */
export function useDeeds<Opened = never>(of: string) {
  const [problem, tell] = useState("");
  const [opened, setOpened] = useState<Opened | null>(null);
  const [asked, setAsked] = useState<Question | null>(null);
  const opener = useRef<HTMLElement>(null);
  const show = (next: Opened | null, question: Question | null = null) => {
    tell("");
    setOpened(() => next);
    setAsked(question);
  };
  const close = () => {
    show(null);
    opener.current?.focus();
  };
  /** What is open goes once the deed is done; gives back why it failed, or nothing. */
  const save = async <T,>(work: Answer<T>, done: (value: T) => unknown): Promise<string> => {
    const answer = await work;
    if (!answer.ok) return answer.error.detail;
    show(null);
    await done(answer.value);
    return "";
  };
  /** As `save`, for what has no form to say what failed. */
  const act = async <T,>(work: Answer<T>, done: (value: T) => unknown) => {
    const failed = await save(work, done);
    if (failed !== "") tell(failed);
  };
  const open = (next: Opened, by: HTMLElement) => {
    opener.current = by;
    show(next);
  };
  /** The careful answer gets the focus. */
  const ask = (question: Question, by: HTMLElement) => {
    opener.current = by;
    show(null, question);
  };
  const button = (
    words: string,
    kind: "plain" | "quiet",
    onClick: (button: HTMLElement) => unknown,
    label = `${words}: ${of}`,
    needs?: Needs,
  ) => <Button {...{ kind, label, needs, onClick }}>{words}</Button>;
  /** Stands below the buttons: says what failed, and asks. */
  const alert = (
    <Alert text={problem || (asked?.question ?? "")}>
      {asked && (
        <>
          <Button key={asked.question} isFocused onClick={close}>
            {kitchen.frame.leaveIt}
          </Button>
          <Button kind={asked.kind ?? "primary"} onClick={asked.onYes}>
            {asked.yes}
          </Button>
        </>
      )}
    </Alert>
  );
  return { opened, tell, save, act, open, ask, close, button, alert };
}

/** Gives the focus of a row that is about to leave its list to the next one, or to `fallback` after the last one; elsewhere it stays. */
export function giveFocusOn(row: Element, fallback: HTMLElement | null): void {
  const { activeElement } = document;
  // A browser may have left it with the body when a button was pressed.
  if (activeElement !== document.body && !row.contains(activeElement)) return;
  const next = row.nextElementSibling ?? row.previousElementSibling;
  (next?.querySelector("button") ?? fallback)?.focus();
}
