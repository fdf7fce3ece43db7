/** A word about a picture as decisions on all that guests said of it. Pure. */
import type { ReviewGroup } from "./answers.ts";

export interface Decision {
  readonly photo: string;
  readonly label: string;
  readonly decision: "accept" | "reject" | "relabel";
  readonly to?: string;
}

/** Makes every photo of the group an example of `item`: one decision per photo settles the photo's others. */
export function acceptAs({ members }: ReviewGroup, item: string): Decision[] {
  return Array.from(
    Map.groupBy(members, ({ photo }) => photo),
    ([photo, said]) => {
      const labels = said.map(({ label }) => label);
      if (labels.includes(item)) return { photo, label: item, decision: "accept" };
      return { photo, label: labels[0] ?? "", decision: "relabel", to: item };
    },
  );
}

/** What guests said of the group, each photo and label once: what a skip is about. */
export function listSaid({ members }: ReviewGroup): Pick<Decision, "photo" | "label">[] {
  return [...new Map(members.map(({ photo, label }) => [`${photo}/${label}`, { photo, label }])).values()];
}

/** Refuses all that was said of the group. */
export function rejectAll(group: ReviewGroup): Decision[] {
  return listSaid(group).map((said) => ({ ...said, decision: "reject" }));
}
