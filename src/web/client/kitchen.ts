/**
 * Keeps the kitchen's sections up to date: loads everything, hands each section its part, and looks again after
 * every change and now and then while the page is in view, because guests and the scheduled run go on meanwhile.
 */
import { fetchClasses, fetchHeads, fetchMenu, fetchOverview, fetchReviews } from "./admin-api.ts";
import { createButton, find, showAlert } from "./dom.ts";
import { createItemsSection } from "./items-section.ts";
import { createOverviewSection } from "./overview-section.ts";
import { createReviewsSection } from "./reviews-section.ts";
import { showVersions } from "./versions-section.ts";

/** About as often as something can change by itself; the scheduled run comes every minute at most. */
const REFRESH_INTERVAL_MS = 15_000;

export async function openKitchen(): Promise<void> {
  const menu = await fetchMenu();
  if (!menu.ok) {
    const again = createButton("Try again", "plain", () => location.reload());
    return showAlert(find("kitchen-alert"), menu.error.detail, again);
  }
  const refresh = (): Promise<void> => load(sections);
  const sections = {
    overview: createOverviewSection(refresh),
    items: createItemsSection(menu.value.limits, refresh),
    reviews: createReviewsSection(refresh),
  };
  await refresh();
  const refreshInView = () => {
    if (document.visibilityState === "visible") void refresh();
  };
  setInterval(refreshInView, REFRESH_INTERVAL_MS);
  document.addEventListener("visibilitychange", refreshInView);
}

interface Sections {
  readonly overview: ReturnType<typeof createOverviewSection>;
  readonly items: ReturnType<typeof createItemsSection>;
  readonly reviews: ReturnType<typeof createReviewsSection>;
}

async function load(sections: Sections): Promise<void> {
  const [overview, classes, reviews, heads] = await Promise.all([
    fetchOverview(),
    fetchClasses(),
    fetchReviews(),
    fetchHeads(),
  ]);
  const failed = [overview, classes, reviews, heads].find((answer) => !answer.ok);
  if (!(overview.ok && classes.ok && reviews.ok && heads.ok)) {
    // 401 has been said by the API module, with the button that helps.
    if (failed === undefined || failed.ok || failed.error.status === 401) return;
    const again = createButton("Try again", "plain", () => void load(sections));
    return showAlert(find("kitchen-alert"), `This page may be out of date. ${failed.error.detail}`, again);
  }
  showAlert(find("kitchen-alert"), "");
  sections.overview.show(overview.value, classes.value.classes);
  sections.items.show(classes.value.classes);
  sections.reviews.show(reviews.value.groups, classes.value.classes);
  showVersions(heads.value.heads);
}
