/** What staff should do next, in words: the most useful step for the state that the menu is in. Pure. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass, Overview } from "./admin-answers.ts";
import { isExample } from "./example-items.ts";
import { listFewNames } from "./few-names.ts";

/** Fewer photos than this are worth a word; from here on more of them pay less. */
export const FEW_EXAMPLES = 10;
const MIN_ITEMS = 2;
const GOOD_ACCURACY = 0.8;

// Taken apart here, it would be in every script that only counts examples.
const texts = kitchen.overview;

interface Advice {
  readonly title: string;
  readonly detail: string;
  /** Where it is done: a section of the kitchen, the training button, or nowhere. */
  readonly where: "items" | "reviews" | "versions" | "train" | null;
}

/** `heldVersion` is the newest version while it is held back, otherwise null. */
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
  const nothing = { ...texts.advice.nothing, where: null };
  return overview.pendingReviews > 0 ? (adviseWaiting(overview) ?? nothing) : nothing;
}

function adviseHeld(heldVersion: number | null): Advice | null {
  if (heldVersion === null) return null;
  return { title: texts.advice.held.title(heldVersion), detail: texts.advice.held.detail, where: "versions" };
}

function adviseFirstSteps(overview: Overview, items: readonly ItemClass[]): Advice | null {
  if (items.length === 0) return { ...texts.advice.first, where: "items" };
  if (items.length < MIN_ITEMS) {
    return { title: texts.advice.second.title, detail: texts.advice.second.detail(items[0].name), where: "items" };
  }
  const bare = items.filter((item) => item.examples === 0 && !item.byDescription);
  if (items.length - bare.length < MIN_ITEMS) {
    const title = texts.advice.show.title(listFewNames(bare.map((item) => item.name)));
    return { title, detail: texts.advice.show.detail, where: "items" };
  }
  if (overview.liveHead === null) {
    const { title, detail, described } = texts.advice.train;
    return { title, detail: overview.examples === 0 ? described : detail(overview.examples), where: "train" };
  }
  return null;
}

function adviseWaiting(overview: Overview): Advice | null {
  if (overview.pendingReviews > 0) {
    const title = texts.advice.reviews.title(overview.pendingReviews);
    return { title, detail: texts.advice.reviews.detail, where: "reviews" };
  }
  if (overview.pendingLabels > 0) {
    const title = kitchen.training.toLearn(overview.pendingLabels);
    return { title, detail: texts.advice.learn.detail, where: "train" };
  }
  return null;
}

/** Nobody is asked for samples of the example's items. */
function adviseImprovement(overview: Overview, items: readonly ItemClass[]): Advice {
  const own = items.filter((item) => !isExample(item));
  if (own.length === 0) return { ...texts.advice.example, where: "items" };
  const bare = own.filter((item) => item.examples === 0 && !item.byDescription);
  if (bare.length > 0) {
    const title = texts.advice.bare.title(listFewNames(bare.map((item) => item.name)), bare.length);
    return { title, detail: texts.advice.bare.detail, where: "items" };
  }
  const fewest = own.toSorted((one, other) => one.examples - other.examples)[0];
  if (fewest.examples < FEW_EXAMPLES) {
    const detail = texts.advice.few.detail(fewest.examples, FEW_EXAMPLES);
    return { title: texts.advice.few.title(fewest.name), detail, where: "items" };
  }
  const accuracy = overview.liveHead?.evaluation?.accuracy;
  if (accuracy !== undefined && accuracy < GOOD_ACCURACY) {
    return { title: texts.advice.weak.title, detail: texts.advice.weak.detail(accuracy), where: "items" };
  }
  return { ...texts.advice.well, where: null };
}
