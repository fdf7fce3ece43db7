/** A group of corrections in words, and a click on it as decisions. Pure. */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ReviewGroup } from "./admin-answers.ts";

const { marks: markTexts, reasons: reasonTexts, says } = kitchen.reviewQueue;
const noneTexts = kitchen.none;

/** One decision as the API takes it; `to` is the right item of a `relabel`. */
export interface ReviewDecision {
  readonly photo: string;
  readonly label: string;
  readonly decision: "accept" | "reject" | "relabel";
  readonly to?: string;
}

/** A decision as it is told. */
export interface Deed {
  /** Names it, for the button that takes it back. */
  readonly deed: string;
  /** Whole sentences for when it has been done. */
  readonly words: string;
}

/** `more`: what there is to say beyond its name, in sentences. */
export function nameDeed(deed: string, more = ""): Deed {
  return { deed, words: `${deed}. ${more}`.trim() };
}

/** From this share of the largest possible entropy on, the head says that it does not know. */
const UNSURE_ENTROPY = 0.6;

interface ReviewMark {
  readonly kind: "conflict" | "suspect" | "alike";
  readonly text: string;
}

/** What tells a card apart at a glance. */
export function describeMarks(group: ReviewGroup): readonly ReviewMark[] {
  const photos = countPhotos(group);
  const marks: readonly (ReviewMark | null)[] = [
    group.conflicts.length > 0 ? { kind: "conflict", text: markTexts.conflict } : null,
    group.doubted ? { kind: "suspect", text: markTexts.suspect } : null,
    photos > 1 ? { kind: "alike", text: markTexts.alike(photos) } : null,
  ];
  return marks.filter((mark) => mark !== null);
}

function countPhotos({ members }: ReviewGroup): number {
  return new Set(members.map(({ photo }) => photo)).size;
}

/** What guests say it is: one item, or several with `or` between them; or that it is none. */
export function nameProposals({ proposals }: ReviewGroup): string {
  const isOne = proposals.length === 1;
  const nameOfNone = isOne ? noneTexts.title : noneTexts.name;
  const names = proposals.map(({ label, name }) => (label === NONE_ID ? nameOfNone : name));
  const last = names.at(-1) ?? "";
  return names.length <= 1 ? last : says.or(names.slice(0, -1).join(", "), last);
}

/** Who says what: the line above the card's title, and the title. */
export function describeProposals(group: ReviewGroup): { readonly who: string; readonly what: string } {
  const names = nameProposals(group);
  if (group.proposals.length > 1) return { who: says.disagree, what: says.which(names) };
  return { who: says.guests(group.sources), what: names };
}

/** Why the card is worth a look, the weightiest reason first. */
export function describeReasons(group: ReviewGroup, names: ReadonlyMap<string, string>): string[] {
  const nameOf = (id: string) => names.get(id) ?? id;
  const proposed = group.proposals.map(({ label }) => label);
  const taught = group.conflicts.filter((label) => !proposed.includes(label) && label !== NONE_ID);
  const isTaughtNone = group.conflicts.includes(NONE_ID) && !proposed.includes(NONE_ID);
  return [
    isTaughtNone ? noneTexts.taught : "",
    taught.length > 0 ? reasonTexts.taught(kitchen.words.joinNames(taught.map(nameOf))) : "",
    describeThought(group, nameOf),
    group.why.entropy >= UNSURE_ENTROPY ? reasonTexts.unsure : "",
    group.origin === "device" ? reasonTexts.device : "",
  ].filter((reason) => reason !== "");
}

function describeThought({ guess, proposals, answers }: ReviewGroup, nameOf: (id: string) => string): string {
  if (guess !== null) {
    const isSame = proposals.length === 1 && proposals[0]?.label === guess;
    return isSame ? reasonTexts.same : reasonTexts.had(nameOf(guess));
  }
  const [first] = answers;
  return first === undefined ? "" : reasonTexts.thinks(nameOf(first.label));
}

/** What makes every photo of the group an example of `label`: one decision per photo, which settles the photo's others. */
export function acceptAs({ members }: ReviewGroup, label: string): ReviewDecision[] {
  const byPhoto = Map.groupBy(members, ({ photo }) => photo);
  return [...byPhoto].map(([photo, same]) => {
    const given = same.map((member) => member.label);
    return given.includes(label)
      ? { photo, label, decision: "accept" }
      : { photo, label: given[0] ?? "", decision: "relabel", to: label };
  });
}

/** What refuses all that was said of the group. */
export function rejectAll({ members }: ReviewGroup): ReviewDecision[] {
  const distinct = new Map(members.map(({ photo, label }) => [`${photo}/${label}`, { photo, label }]));
  return [...distinct.values()].map((correction) => ({ ...correction, decision: "reject" }));
}

/** The same for the same corrections, in whatever order they are listed. */
export function reviewKey({ members }: ReviewGroup): string {
  return JSON.stringify(members.map(({ photo, label }) => `${photo}/${label}`).toSorted());
}

/** What can be decided about a group. */
export interface ReviewDeeds {
  readonly accept: (label: string, name: string) => void;
  readonly acceptAsNone: () => void;
  readonly reject: () => void;
}

/** `decide` carries decisions out. */
export function deedsOf(
  group: ReviewGroup,
  decide: (groups: readonly ReviewGroup[], decisions: readonly ReviewDecision[], deed: Deed) => void,
): ReviewDeeds {
  const { acceptedAs, fromNextTraining, rejected } = kitchen.reviewQueue.card;
  const accept = (label: string, name: string) => {
    const deed = label === NONE_ID ? noneTexts.accepted : acceptedAs(name);
    decide([group], acceptAs(group, label), nameDeed(deed, fromNextTraining));
  };
  return {
    accept,
    acceptAsNone: () => accept(NONE_ID, noneTexts.name),
    reject: () => decide([group], rejectAll(group), nameDeed(rejected)),
  };
}
