/** A group of corrections in words, and a click on it as decisions. Pure. */
import type { ReviewGroup } from "./admin-answers.ts";
import { countOf, joinNames } from "./numbers.ts";

export interface ReviewDecision {
  readonly photo: string;
  readonly label: string;
  readonly decision: "accept" | "reject" | "relabel";
  readonly to?: string;
}

/** From this share of the largest possible entropy on, the head says that it does not know. */
const UNSURE_ENTROPY = 0.6;

/** From this lead of another answer over the given one on, one of the two is likely wrong. */
const SUSPECT_LEAD = 0.5;

export interface ReviewMark {
  readonly kind: "conflict" | "suspect" | "alike";
  readonly text: string;
}

/** What tells a card apart at a glance. */
export function describeMarks(group: ReviewGroup): readonly ReviewMark[] {
  const photos = countPhotos(group);
  const marks: readonly (ReviewMark | null)[] = [
    group.conflicts.length > 0 ? { kind: "conflict", text: "Disagreement" } : null,
    group.why.suspicion >= SUSPECT_LEAD ? { kind: "suspect", text: "Perhaps a mistake" } : null,
    photos > 1 ? { kind: "alike", text: `${photos} alike` } : null,
  ];
  return marks.filter((mark) => mark !== null);
}

function countPhotos({ members }: ReviewGroup): number {
  return new Set(members.map(({ photo }) => photo)).size;
}

/** Who says what: the line above the card's title, and the title. */
export function describeProposals({ proposals, sources }: ReviewGroup): {
  readonly who: string;
  readonly what: string;
} {
  const what = proposals.map(({ name }) => name);
  if (what.length > 1) return { who: "Guests disagree", what: `${what.slice(0, -1).join(", ")} or ${what.at(-1)}?` };
  return { who: sources === 1 ? "A guest says" : `${countOf(sources, "guest")} say`, what: what[0] ?? "" };
}

/** Why the card is worth a look, the weightiest reason first. */
export function describeReasons(group: ReviewGroup, names: ReadonlyMap<string, string>): string[] {
  const nameOf = (id: string) => names.get(id) ?? id;
  const proposed = group.proposals.map(({ label }) => label);
  const taught = group.conflicts.filter((label) => !proposed.includes(label));
  return [
    taught.length > 0 ? `You taught me ${joinNames(taught.map(nameOf))}.` : "",
    describeThought(group, nameOf),
    group.why.entropy >= UNSURE_ENTROPY ? "I’m not sure at all." : "",
    group.origin === "device" ? "Worked out on the guest’s device: I can’t check it." : "",
  ].filter((reason) => reason !== "");
}

function describeThought({ guess, proposals, answers }: ReviewGroup, nameOf: (id: string) => string): string {
  if (guess !== null) {
    const isSame = proposals.length === 1 && proposals[0]?.label === guess;
    return isSame ? "I had thought so too." : `I had thought ${nameOf(guess)}.`;
  }
  const [first] = answers;
  return first === undefined ? "" : `I think ${nameOf(first.label)}.`;
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
