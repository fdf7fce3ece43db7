/** Today: what to do next, what guests say, and what the head doubts. */
import type { Overview } from "./admin-answers.ts";
import { type Answer, fetchClasses, fetchReviews } from "./admin-api.ts";
import { createChangeNote } from "./change-note.ts";
import { createDetailsReader } from "./details-reader.ts";
import { createDoubtsSection } from "./doubts-section.tsx";
import { showDrift } from "./drift-note.ts";
import { createFirstRun } from "./first-run.ts";
import { fetchHeads } from "./head-api.ts";
import { nameItems } from "./item-names.ts";
import { createOverviewSection } from "./overview-section.ts";
import type { Place } from "./place.ts";
import { createPoolSection } from "./pool-section.ts";
import type { Problem } from "./problem.ts";
import { createReviewsSection } from "./review-queue.tsx";

/** `refresh` is called after every change. */
export function createToday(refresh: () => Promise<void>): Place {
  const firstRun = createFirstRun(refresh);
  const overviewSection = createOverviewSection(refresh);
  const change = createChangeNote(refresh);
  const reviewsSection = createReviewsSection(refresh);
  const doubts = createDoubtsSection(refresh);
  const pool = createPoolSection(refresh);
  const readDetails = createDetailsReader();

  const load = async (asked: Answer<Overview>): Promise<Problem | null> => {
    const [overview, items, reviews, versions] = await Promise.all([
      asked,
      fetchClasses(),
      fetchReviews(),
      fetchHeads(1),
    ]);
    if (!overview.ok) return overview.error;
    if (!items.ok) return items.error;
    if (!reviews.ok) return reviews.error;
    if (!versions.ok) return versions.error;
    const { classes } = items.value;
    const { heads } = versions.value;
    const { liveHead } = overview.value;
    const names = nameItems(classes);
    firstRun.show(classes, liveHead !== null);
    overviewSection.show(overview.value, classes, heads);
    reviewsSection.show(reviews.value.groups, classes);
    const showChange = async () => change.show(heads, await readDetails(liveHead?.version ?? null), names);
    await Promise.all([doubts.show(heads[0]?.version ?? null, names), showChange(), showDrift(), pool.show(classes)]);
    return null;
  };
  return { load };
}
