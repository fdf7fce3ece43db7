/**
 * "Why?": the labelled samples that an answer stands on, asked for when somebody wants to know, each with what to do where its label
 * is wrong. Where no picture is kept, a photo goes by its fingerprint.
 */
import { useRef, useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Answer } from "./admin-api.ts";
import { Button } from "./controls.tsx";
import type { Decoded } from "./decode.ts";
import { Explained } from "./explained.tsx";
import type { photoExplanation } from "./label-answers.ts";
import { explainPhoto, type WhyQuestion } from "./label-api.ts";
import type { SettledAudience } from "./settled.tsx";
import type { ItemNames } from "./version-words.ts";

const texts = kitchen.because;

interface BecauseOptions {
  readonly question: WhyQuestion;
  readonly names: ItemNames;
  /** What the answer is about, for the button's name. */
  readonly about: string;
  readonly audience: SettledAudience;
}

/** A button for among the others of a card, and a place below them. Asks at each opening, since labels may have changed meanwhile. */
export function useBecause({ question, ...around }: BecauseOptions) {
  const [answer, setAnswer] = useState<Awaited<Answer<Decoded<typeof photoExplanation>>> | null>(null);
  const opener = useRef<HTMLElement | null>(null);
  const toggle = async (by: HTMLElement) => {
    opener.current = by;
    setAnswer(answer === null ? await explainPhoto(question) : null);
  };
  const button = (
    <Button kind="quiet" label={texts.askAbout(around.about)} isExpanded={answer !== null} onClick={toggle}>
      {texts.ask}
    </Button>
  );
  const place = (
    <div class="because">
      {answer?.ok === false && <p class="notice notice-alert">{answer.error.detail}</p>}
      {answer?.ok && (
        <Explained
          {...{ ...around, photo: question.photo, explanation: answer.value.explanation }}
          fallback={() => opener.current}
        />
      )}
    </div>
  );
  return { button, place };
}
