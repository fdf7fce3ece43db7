/**
 * Keeps the kitchen's sections up to date: loads everything, hands each section its part, and looks again after
 * every change and now and then while the page is in view, because guests and the scheduled run go on meanwhile.
 */
import { wireAddForm } from "./add-item.ts";
import { fetchClasses, fetchMenu, fetchOverview, fetchReviews } from "./admin-api.ts";
import { createButton, find, showAlert } from "./dom.ts";
import { createDoubtsSection } from "./doubts-section.ts";
import { createFirstRun } from "./first-run.ts";
import type { HeadDetails } from "./head-answers.ts";
import { fetchHead, fetchHeads } from "./head-api.ts";
import { createHistorySection } from "./history-section.ts";
import { createItemsSection } from "./items-section.ts";
import { createKeysSection } from "./keys-section.ts";
import { wireLimits } from "./limits-fold.ts";
import { createOverviewSection } from "./overview-section.ts";
import type { Problem } from "./problem.ts";
import { createReviewsSection } from "./reviews-section.ts";
import { mayReview } from "./role.ts";
import { wireTransfer } from "./transfer-section.ts";
import type { ItemNames } from "./version-words.ts";
import { createVersionsSection } from "./versions-section.ts";

/** About as often as something can change by itself; the scheduled run comes every minute at most. */
const REFRESH_INTERVAL_MS = 15_000;

export async function openKitchen(): Promise<void> {
  // Forms come before anything is waited for: one without its script would be sent to nowhere.
  const keys = createKeysSection();
  const starting = startSections();
  wireAddForm(starting.then((started) => started?.sections.items ?? null));
  const started = await starting;
  if (started === null) return;
  const { refresh } = started;
  wireTransfer(refresh);
  wireLimits();
  await Promise.all([refresh(), keys.load()]);
  const refreshInView = () => {
    if (document.visibilityState === "visible") void refresh();
  };
  setInterval(refreshInView, REFRESH_INTERVAL_MS);
  document.addEventListener("visibilitychange", refreshInView);
}

/** Null when the API does not say what photos it takes; the page has said so. */
async function startSections(): Promise<{ sections: Sections; refresh: () => Promise<void> } | null> {
  const menu = await fetchMenu();
  if (!menu.ok) {
    const again = createButton("Try again", "plain", () => location.reload());
    showAlert(find("kitchen-alert"), menu.error.detail, again);
    return null;
  }
  const refresh = (): Promise<void> => load(sections);
  const sections: Sections = {
    firstRun: createFirstRun(refresh),
    overview: createOverviewSection(refresh),
    items: createItemsSection(menu.value.limits, refresh),
    reviews: createReviewsSection(refresh),
    doubts: createDoubtsSection(refresh),
    versions: createVersionsSection(refresh),
    history: createHistorySection(refresh),
    readDetails: createDetailsReader(),
  };
  return { sections, refresh };
}

interface Sections {
  readonly firstRun: ReturnType<typeof createFirstRun>;
  readonly overview: ReturnType<typeof createOverviewSection>;
  readonly items: ReturnType<typeof createItemsSection>;
  readonly reviews: ReturnType<typeof createReviewsSection>;
  readonly doubts: ReturnType<typeof createDoubtsSection>;
  readonly versions: ReturnType<typeof createVersionsSection>;
  readonly history: ReturnType<typeof createHistorySection>;
  readonly readDetails: ReturnType<typeof createDetailsReader>;
}

async function load(sections: Sections): Promise<void> {
  if (!mayReview()) return loadMenu(sections);
  const [overview, classes, reviews, heads] = await Promise.all([
    fetchOverview(),
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
  sections.firstRun.show(classes.value.classes);
  sections.overview.show(overview.value, classes.value.classes, heads.value.heads[0]);
  sections.items.show(classes.value.classes);
  sections.reviews.show(reviews.value.groups, classes.value.classes);
  sections.versions.show(heads.value, names);
  await Promise.all([
    sections.doubts.show(heads.value.heads[0]?.version ?? null, names),
    showQuality(sections, overview.value.liveHead?.version ?? null, names),
    sections.history.show(names),
  ]);
}

/** For those who bring photos: the items are all that they see. */
async function loadMenu(sections: Sections): Promise<void> {
  const classes = await fetchClasses();
  if (!classes.ok) return showOutdated(classes.error, sections);
  showAlert(find("kitchen-alert"), "");
  sections.items.show(classes.value.classes);
}

function showOutdated(problem: Problem, sections: Sections): void {
  // 401 has been said by the API module, with the button that helps.
  if (problem.status === 401) return;
  const again = createButton("Try again", "plain", () => void load(sections));
  showAlert(find("kitchen-alert"), `This page may be out of date. ${problem.detail}`, again);
}

async function showQuality(sections: Sections, liveVersion: number | null, names: ItemNames): Promise<void> {
  sections.items.showQuality(await sections.readDetails(liveVersion), names);
}

/** The live version's details, asked for again only when another one is live: they grow with the menu and never change. */
function createDetailsReader() {
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
