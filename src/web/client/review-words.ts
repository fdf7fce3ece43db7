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
  const photos = new Set(group.members.map(({ photo }) => photo)).size;
  return [
    taught.length > 0 ? `You taught me ${joinNames(taught.map(nameOf))}.` : "",
    describeThought(group, nameOf),
    group.why.entropy >= UNSURE_ENTROPY ? "I’m not sure at all." : "",
    photos > 1 ? `${countOf(photos, "photo")} that look alike.` : "",
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
