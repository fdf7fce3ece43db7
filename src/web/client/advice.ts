/** What staff should do next, in words: the most useful step for the state that the menu is in. Pure. */
import type { ItemClass, Overview } from "./admin-answers.ts";
import { countOf, formatShare, joinNames } from "./numbers.ts";

/** Fewer photos than this are worth a word; from here on more of them pay less. */
export const FEW_EXAMPLES = 10;
const MIN_ITEMS = 2;
const GOOD_ACCURACY = 0.8;

export interface Advice {
  readonly title: string;
  readonly detail: string;
  /** Where it is done: a section of the kitchen, the training button, or nowhere. */
  readonly where: "items" | "reviews" | "versions" | "train" | null;
}

/** `heldVersion` is the newest version while it is held back, else null. */
export function adviseNextStep(
  overview: Overview,
  classes: readonly ItemClass[],
  heldVersion: number | null = null,
): Advice {
  const items = classes.filter((item) => !item.archived);
  return (
    adviseFirstSteps(overview, items) ??
    adviseWaiting(overview) ??
    adviseHeld(heldVersion) ??
    adviseImprovement(overview, items)
  );
}

/** The same for those who decide on corrections and no more: the rest is not theirs to do. */
export function adviseReviewer(overview: Overview): Advice {
  const nothing = { title: "Nothing to decide", detail: "What guests correct will show up here.", where: null };
  return overview.pendingReviews > 0 ? (adviseWaiting(overview) ?? nothing) : nothing;
}

function adviseHeld(heldVersion: number | null): Advice | null {
  if (heldVersion === null) return null;
  const detail = "See what guests would notice, and make it live if you like it better than I do.";
  return { title: `Version ${heldVersion} was held back`, detail, where: "versions" };
}

function adviseFirstSteps(overview: Overview, items: readonly ItemClass[]): Advice | null {
  if (items.length === 0) {
    const detail = "Name two items below, then drop a few photos on each. A minute later guests can try it.";
    return { title: "Put the first items on the menu", detail, where: "items" };
  }
  if (items.length < MIN_ITEMS) {
    const detail = `Telling apart takes two: ${items[0].name} needs company.`;
    return { title: "Add a second item", detail, where: "items" };
  }
  const bare = items.filter((item) => item.examples === 0);
  if (items.length - bare.length < MIN_ITEMS) {
    const detail = "Drop them on the items below. Ten each are a good start.";
    return { title: `Show photos of ${joinNames(bare.map((item) => item.name))}`, detail, where: "items" };
  }
  if (overview.liveHead === null) {
    const detail = `${countOf(overview.examples, "labelled photo")} are ready to learn from.`;
    return { title: "Train the first version", detail, where: "train" };
  }
  return null;
}

function adviseWaiting(overview: Overview): Advice | null {
  if (overview.pendingReviews > 0) {
    const title = `${countOf(overview.pendingReviews, "correction")} from guests to look at`;
    return { title, detail: "Nothing that a guest says counts before you have seen it.", where: "reviews" };
  }
  if (overview.pendingLabels > 0) {
    const title = `${countOf(overview.pendingLabels, "new label")} to learn`;
    return { title, detail: "Train now, or leave it to the next scheduled run.", where: "train" };
  }
  return null;
}

function adviseImprovement(overview: Overview, items: readonly ItemClass[]): Advice {
  const bare = items.filter((item) => item.examples === 0);
  if (bare.length > 0) {
    const title = `${joinNames(bare.map((item) => item.name))} ${bare.length === 1 ? "has" : "have"} no photos yet`;
    return { title, detail: "Without any, nobody will ever hear that name.", where: "items" };
  }
  const fewest = items.toSorted((one, other) => one.examples - other.examples)[0];
  if (fewest.examples < FEW_EXAMPLES) {
    const title = `A few more photos of ${fewest.name}`;
    const detail = `It has ${countOf(fewest.examples, "photo")}; from ${FEW_EXAMPLES} on it gets reliable.`;
    return { title, detail, where: "items" };
  }
  const accuracy = overview.liveHead?.evaluation?.accuracy;
  if (accuracy !== undefined && accuracy < GOOD_ACCURACY) {
    const detail = `It is right about ${formatShare(accuracy)} of the time. More varied photos help most.`;
    return { title: "More photos would help", detail, where: "items" };
  }
  return { title: "All is well", detail: "What guests correct will show up here.", where: null };
}
