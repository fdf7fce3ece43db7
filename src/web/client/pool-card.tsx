/** One sample that the head is unsure of: what it looks like, what the head makes of it, and what it may be. */
import { useRef, useState } from "preact/hooks";
import { NONE_ID } from "../../shared/none-label.ts";
import type { PoolTexts } from "../texts/kitchen/en/pool.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { Button, Moment } from "./controls.tsx";
import { Picker } from "./picker.tsx";
import { dismissPooled, labelPooled, type PooledSample } from "./pool-api.ts";
import { Preview } from "./preview.tsx";
import { type SettledAudience, useSettling } from "./settled.tsx";

interface PoolCardProps {
  readonly sample: PooledSample;
  readonly texts: PoolTexts;
  readonly classes: readonly ItemClass[];
  readonly audience: SettledAudience;
}

/** Answers of the head that are buttons. */
const OFFERED = 2;
const { card: cardTexts, says } = kitchen.reviewQueue;

/** Nothing is decided until a button is pressed. */
export function PoolCard({ sample, texts, classes, audience }: PoolCardProps) {
  const { photo } = sample;
  const { isBusy, settle, alert } = useSettling(audience);
  const [isPicking, pick] = useState(false);
  const opener = useRef<HTMLElement | null>(null);
  const alike = { photos: [photo], gone: texts.gone };
  const label = (id: string, done: string, by?: HTMLElement) =>
    settle({ ...alike, act: () => labelPooled(photo, id), done }, by);
  const dismiss = { ...alike, act: () => dismissPooled(photo), done: texts.leftOut };
  const openPicker = (by: HTMLElement) => {
    opener.current = by;
    pick(!isPicking);
  };
  const leavePicker = () => {
    pick(false);
    opener.current?.focus();
  };
  const answers = nameAnswers(sample, classes);
  return (
    <li>
      <article class="card review" aria-labelledby={`pool-${photo}`} aria-busy={isBusy}>
        <Preview {...sample} alt={texts.picture} none={cardTexts.noPicture} />
        <Words {...{ sample, texts, answers }} />
        <div class="button-row">
          {answers.slice(0, OFFERED).map(({ id, name }) => (
            <Button key={id} onClick={(by) => label(id, texts.labelled(name), by)}>
              {texts.is(name)}
            </Button>
          ))}
          <Button onClick={(by) => label(NONE_ID, texts.none, by)}>{kitchen.none.title}</Button>
          <Button label={cardTexts.relabelIt} isExpanded={isPicking} onClick={openPicker}>
            {cardTexts.relabel}
          </Button>
          <Button kind="quiet" label={texts.leaveOutIt} onClick={(by) => settle(dismiss, by)}>
            {texts.leaveOut}
          </Button>
        </div>
        {isPicking && (
          <Picker
            class="review-picker"
            items={classes.filter(({ archived }) => !archived)}
            onPick={({ id, name }) => label(id, texts.labelled(name))}
            onMissing={() => label(NONE_ID, texts.none)}
            onBack={leavePicker}
          />
        )}
        {alert}
      </article>
    </li>
  );
}

interface WordsProps extends Pick<PoolCardProps, "sample" | "texts"> {
  readonly answers: ReturnType<typeof nameAnswers>;
}

function Words({ sample, texts, answers }: WordsProps) {
  const { reasons, share } = texts;
  return (
    <div class="review-words">
      <p class="eyebrow">{sample.reason === "unknown" ? reasons.unknown : reasons.undecided}</p>
      <h3 id={`pool-${sample.photo}`}>{askWhich(answers, texts)}</h3>
      <p class="soft">{answers.map(({ name, score }) => share(name, kitchen.words.formatScore(score))).join(", ")}</p>
      <p class="soft small">
        <Moment iso={sample.seenAt} />
      </p>
    </div>
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
