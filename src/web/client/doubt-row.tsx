/** One doubted label: what speaks against it, and the word of staff that settles it. */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Answer } from "./admin-api.ts";
import { useBecause } from "./because.tsx";
import { Button } from "./controls.tsx";
import { describeSuspect, shortPhoto } from "./example-words.ts";
import type { Suspect } from "./label-answers.ts";
import { confirmExample, forgetExample, forgetExamples, relabelExample, settleCopies } from "./label-api.ts";
import { noCopy } from "./no-copy.ts";
import { HeldCopy } from "./sample-copy.tsx";
import { type SettledAudience, useSettling } from "./settled.tsx";
import { type ItemNames, nameOf } from "./version-words.ts";

const texts = kitchen.reviews.doubts;

interface DoubtRowProps {
  /** Its copies are settled together with the sample itself. */
  readonly suspect: Suspect;
  readonly names: ItemNames;
  readonly audience: SettledAudience;
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

/** A row of a list whose `useSettled` lets it go. */
export function DoubtRow({ suspect, names, audience, heading: Heading }: DoubtRowProps) {
  const { photo, copies } = suspect;
  const short = shortPhoto(photo);
  const doubt = copies.length > 0 ? describeCopies(suspect, names) : describeDoubt(suspect, names);
  const { isBusy, settle, alert } = useSettling(audience);
  const about = texts.about(doubt.title, short);
  const because = useBecause({ question: { photo, ...doubt.question }, names, about, audience });
  const photos = [photo, ...copies.map((copy) => copy.photo)];
  const offer = (
    { label, ...choice }: Choice,
    look: { readonly kind: "plain" | "quiet"; readonly needs?: "admin" },
  ) => (
    <Button key={label} {...look} label={texts.about(label, short)} onClick={(by) => settle({ ...choice, photos }, by)}>
      {label}
    </Button>
  );
  return (
    <li class="doubt" aria-busy={isBusy}>
      <div>
        <Heading>{doubt.title}</Heading>
        <HeldCopy {...suspect} />
        {suspect.text === null && noCopy !== "" && <p class="soft small">{noCopy}</p>}
        <p class="soft small">
          <code>{short}</code> {describeSuspect(suspect, names)}
        </p>
      </div>
      <div class="button-row">
        {doubt.choices.map((choice) => offer(choice, { kind: "plain" }))}
        {offer(doubt.forget, { kind: "quiet", needs: "admin" })}
        {because.button}
      </div>
      {because.place}
      {alert}
    </li>
  );
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
