/**
 * Opens the kitchen: makes its sections, fills them, and looks again after every change and now and then while the page is
 * in view, because guests and the scheduled run go on meanwhile.
 */
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import { wireAddForm } from "./add-item.ts";
import { fetchMenu } from "./admin-api.ts";
import { areTextLimits, type SampleLimits } from "./answers.ts";
import { createChangeNote } from "./change-note.ts";
import { createButton, find, findElement, showAlert } from "./dom.ts";
import { createDoubtsSection } from "./doubts-section.ts";
import { createExampleRemoval } from "./example-removal.ts";
import { createFirstRun } from "./first-run.ts";
import { createHistorySection } from "./history-section.ts";
import { createItemsSection } from "./items-section.ts";
import { keepLooking } from "./keep-looking.ts";
import { createKeysSection } from "./keys-section.ts";
import { createDetailsReader, createGlance, load, type Sections } from "./kitchen-data.ts";
import { loadPart } from "./load-part.ts";
import { createOverviewSection } from "./overview-section.ts";
import { createReviewsSection } from "./reviews-section.ts";
import { createTrainingWatch } from "./training-watch.ts";
import { createVersionsSection } from "./versions-section.ts";

/** Resolves when every section has been filled for the first time. */
export async function openKitchen(): Promise<void> {
  // Forms come before anything is waited for: one without its script would be sent to nowhere.
  const keys = createKeysSection();
  const starting = startSections();
  wireAddForm(starting.then((started) => started?.sections.items ?? null));
  const started = await starting;
  if (started === null) return;
  const { sections, refresh, limits } = started;
  loadOnDemand("transfer", async () => {
    const part = await loadPart(() => import("./transfer-section.ts"), find("import-alert"));
    part?.wireTransfer(refresh);
  });
  // A page for texts has no such part.
  if (!areTextLimits(limits)) {
    loadOnDemand("camera", async () => {
      const part = await loadPart(() => import("./camera-section.ts"), find("add-item-alert"));
      await part?.wireCamera(limits, refresh);
    });
  }
  loadOnDemand("limits", async () => {
    const part = await loadPart(() => import("./limits-fold.ts"), find("limits-body"));
    await part?.wireLimits();
  });
  await Promise.all([refresh(), keys.load()]);
  keepLooking(createGlance(sections), sections.watch.isAtWork);
}

/** Few ever open it: its script comes with the first opening, and then its controls can be used. */
function loadOnDemand(id: string, load: () => Promise<void>): void {
  const fold = findElement(id, HTMLDetailsElement);
  if (fold.open) void load();
  else fold.addEventListener("toggle", () => void load(), { once: true });
}

interface Started {
  readonly sections: Sections;
  readonly refresh: () => Promise<void>;
  readonly limits: SampleLimits;
}

/** Null when the API does not say what photos it takes; the page has said so. */
async function startSections(): Promise<Started | null> {
  const menu = await fetchMenu();
  if (!menu.ok) {
    const again = createButton(kitchen.frame.tryAgain, "plain", () => location.reload());
    showAlert(find("kitchen-alert"), menu.error.detail, again);
    return null;
  }
  const refresh = (): Promise<void> => load(sections);
  const sections: Sections = {
    firstRun: createFirstRun(refresh),
    example: createExampleRemoval(refresh),
    overview: createOverviewSection(refresh),
    change: createChangeNote(refresh),
    items: createItemsSection(menu.value.limits, refresh),
    reviews: createReviewsSection(refresh),
    doubts: createDoubtsSection(refresh),
    versions: createVersionsSection(refresh),
    history: createHistorySection(refresh),
    watch: createTrainingWatch(),
    readDetails: createDetailsReader(),
  };
  return { sections, refresh, limits: menu.value.limits };
}
