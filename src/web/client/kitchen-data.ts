/** Asks the API for what the kitchen shows and hands each section its part: everything at once, or one glance first. */
import { NONE_ID } from "../../shared/none-label.ts";
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import { fetchClasses, fetchOverview, fetchReviews } from "./admin-api.ts";
import type { createChangeNote } from "./change-note.ts";
import { createButton, find, showAlert } from "./dom.ts";
import type { createDoubtsSection } from "./doubts-section.ts";
import { showDrift } from "./drift-note.ts";
import type { createExampleRemoval } from "./example-removal.ts";
import type { createFirstRun } from "./first-run.ts";
import type { HeadDetails, HeadVersion } from "./head-answers.ts";
import { fetchHead, fetchHeads } from "./head-api.ts";
import type { createHistorySection } from "./history-section.ts";
import type { createItemsSection } from "./items-section.ts";
import type { createOverviewSection } from "./overview-section.ts";
import { ownTrainingMoment } from "./own-training.ts";
import type { Problem } from "./problem.ts";
import type { createReviewsSection } from "./reviews-section.ts";
import { mayReview } from "./role.ts";
import type { createTrainingWatch } from "./training-watch.ts";
import type { ItemNames } from "./version-words.ts";
import type { createVersionsSection } from "./versions-section.ts";

/** Every two minutes, at the pause of a page where nothing is at work. */
const GLANCES_PER_LOAD = 8;

/** All that the page shows. */
export interface Sections {
  readonly firstRun: ReturnType<typeof createFirstRun>;
  readonly example: ReturnType<typeof createExampleRemoval>;
  readonly overview: ReturnType<typeof createOverviewSection>;
  readonly change: ReturnType<typeof createChangeNote>;
  readonly items: ReturnType<typeof createItemsSection>;
  readonly reviews: ReturnType<typeof createReviewsSection>;
  readonly doubts: ReturnType<typeof createDoubtsSection>;
  readonly versions: ReturnType<typeof createVersionsSection>;
  readonly history: ReturnType<typeof createHistorySection>;
  readonly watch: ReturnType<typeof createTrainingWatch>;
  readonly readDetails: ReturnType<typeof createDetailsReader>;
}

/** Asks for everything; `known` is the overview where it has been asked for already. */
export async function load(sections: Sections, known?: Awaited<ReturnType<typeof fetchOverview>>): Promise<void> {
  if (!mayReview()) return loadMenu(sections);
  const askedAt = ownTrainingMoment();
  const [overview, classes, reviews, heads] = await Promise.all([
    known ?? fetchOverview(),
    fetchClasses(),
    fetchReviews(),
    fetchHeads(sections.versions.pages()),
  ]);
  const failed = [overview, classes, reviews, heads].find((answer) => !answer.ok);
  if (!(overview.ok && classes.ok && reviews.ok && heads.ok)) {
    if (failed !== undefined && !failed.ok) showOutdated(failed.error, sections);
    return;
  }
  showAlert(find("kitchen-alert"), "");
  const names = new Map(classes.value.classes.map(({ id, name }) => [id, name]));
  names.set(NONE_ID, kitchen.none.name);
  sections.firstRun.show(classes.value.classes, overview.value.liveHead !== null);
  sections.example.show(classes.value.classes);
  sections.watch.show(overview.value, askedAt);
  sections.overview.show(overview.value, classes.value.classes, heads.value.heads);
  sections.items.show(classes.value);
  sections.items.showCaught(overview.value.liveHead);
  sections.reviews.show(reviews.value.groups, classes.value.classes);
  sections.versions.show(heads.value, names);
  await Promise.all([
    sections.doubts.show(heads.value.heads[0]?.version ?? null, names),
    showQuality(sections, overview.value.liveHead?.version ?? null, heads.value.heads, names),
    sections.history.show(names),
    showDrift(),
  ]);
}

/**
 * One small request: the lists are asked for only when the overview has changed, or now and then for what it does not count,
 * and not while a run is at work, which is watched by the overview alone.
 */
export function createGlance(sections: Sections): () => Promise<void> {
  let seen = "";
  let glances = 0;
  return async () => {
    if (!mayReview()) return loadMenu(sections);
    const askedAt = ownTrainingMoment();
    const overview = await fetchOverview();
    if (!overview.ok) return showOutdated(overview.error, sections);
    sections.watch.show(overview.value, askedAt);
    const words = JSON.stringify(overview.value);
    glances++;
    if (overview.value.training.atWork !== null || (words === seen && glances % GLANCES_PER_LOAD > 0)) return;
    seen = words;
    await load(sections, overview);
  };
}

/** For those who bring photos: the items are all that they see. */
async function loadMenu(sections: Sections): Promise<void> {
  const classes = await fetchClasses();
  if (!classes.ok) return showOutdated(classes.error, sections);
  showAlert(find("kitchen-alert"), "");
  sections.items.show(classes.value);
}

function showOutdated(problem: Problem, sections: Sections): void {
  // 401 has been said by the API module, with the button that helps.
  if (problem.status === 401) return;
  const again = createButton(kitchen.frame.tryAgain, "plain", () => void load(sections));
  showAlert(find("kitchen-alert"), kitchen.frame.outdated(problem.detail), again);
}

async function showQuality(
  sections: Sections,
  liveVersion: number | null,
  heads: readonly HeadVersion[],
  names: ItemNames,
): Promise<void> {
  const details = await sections.readDetails(liveVersion);
  sections.items.showQuality(details, names);
  await sections.change.show(heads, details, names);
}

/** The live version's details, asked for again only when another one is live: they grow with the menu and never change. */
export function createDetailsReader() {
  let known: { readonly version: number; readonly details: HeadDetails | null } | null = null;
  return async (version: number | null): Promise<HeadDetails | null> => {
    if (version === null) return null;
    if (known?.version === version) return known.details;
    const answer = await fetchHead(version);
    if (!answer.ok) return null;
    known = { version, details: answer.value.details };
    return known.details;
  };
}
