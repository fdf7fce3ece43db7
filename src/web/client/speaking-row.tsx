/** One labelled sample that speaks for an item, how strongly, and what to do where its label is wrong. */
import { useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { Button, Moment } from "./controls.tsx";
import { describeExample, shortPhoto } from "./example-words.ts";
import type { SpeakingPhoto } from "./label-answers.ts";
import { forgetExample, relabelExample } from "./label-api.ts";
import { HeldCopy } from "./sample-copy.tsx";
import { type SettledAudience, useSettling } from "./settled.tsx";
import { type ItemNames, nameOf } from "./version-words.ts";

const texts = kitchen.because;
const doubts = kitchen.reviews.doubts;

interface SpeakingRowProps {
  readonly sample: SpeakingPhoto;
  readonly names: ItemNames;
  readonly audience: SettledAudience;
  /** What the list says that its rows speak for. */
  readonly item: string;
  /** The item that it may be instead: the other one of the two in question. */
  readonly other: string;
  /** From 0 to 1, the strongest of all rows. */
  readonly strength: number;
  /** Whether it is the very sample in question; people correct that one where the question stands. */
  readonly isItself: boolean;
}

/** A row of the list. */
export function SpeakingRow({ sample, names, audience, item, other, strength, isItself }: SpeakingRowProps) {
  const { photo, label, labelledAt } = sample;
  const { isBusy, settle, alert } = useSettling(audience);
  const [isOpen, setOpen] = useState(false);
  const short = shortPhoto(photo);
  const name = nameOf(names, other);
  const parts = [
    nameOf(names, label),
    ...(label === item || isItself ? [] : [texts.unlike]),
    isItself ? texts.itself : describeExample(sample),
  ];
  const change = { act: () => relabelExample(photo, other), done: doubts.changed(short, name), photos: [photo] };
  const forget = { act: () => forgetExample(photo), done: doubts.forgotten(short), photos: [photo] };
  const changeIt = doubts.change(name);
  return (
    <li aria-busy={isBusy}>
      <HeldCopy {...sample} />
      <span class="small">
        <code>{short}</code> {parts.join(", ")}, <Moment iso={labelledAt} />
      </span>
      <Bar strength={strength} />
      {!isItself && (
        <>
          <Button kind="quiet" label={texts.wrongOf(short)} isExpanded={isOpen} onClick={() => setOpen(!isOpen)}>
            {texts.wrong}
          </Button>
          <div class="button-row" hidden={!isOpen}>
            <Button label={doubts.about(changeIt, short)} onClick={(by) => settle(change, by)}>
              {changeIt}
            </Button>
            <Button
              {...{ kind: "quiet", needs: "admin", label: doubts.about(doubts.forget, short) }}
              onClick={(by) => settle(forget, by)}
            >
              {doubts.forget}
            </Button>
          </div>
          {alert}
        </>
      )}
    </li>
  );
}

function Bar({ strength }: Pick<SpeakingRowProps, "strength">) {
  return (
    <span class="bar-track" aria-hidden="true">
      <span class="bar-fill" style={{ "--score": strength }} />
    </span>
  );
}
