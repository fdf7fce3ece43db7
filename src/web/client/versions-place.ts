/** The versions: the timeline, and the training runs that made them. */
import type { Overview } from "./admin-answers.ts";
import { type Answer, fetchClasses } from "./admin-api.ts";
import { find } from "./dom.ts";
import { fetchHeads } from "./head-api.ts";
import { nameItems } from "./item-names.ts";
import { loadOnDemand } from "./load-on-demand.ts";
import { loadPart } from "./load-part.ts";
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import { createRunsSection } from "./runs-section.ts";
import { createTrainingBar } from "./training-bar.ts";
import { createVersionsSection } from "./versions-section.ts";

/** `refresh` is called after every change. */
export function createVersionsPlace(refresh: () => Promise<void>): Place {
  const versions = createVersionsSection(refresh);
  const showRuns = createRunsSection(refresh);
  const showOverview = createTrainingBar(refresh);
  loadOnDemand("testing", async () => {
    const part = await loadPart(() => import("./testing-fold.ts"), find("testing-body"));
    await part?.wireTesting(refresh);
  });
  loadOnDemand("backbone", async () => {
    const part = await loadPart(() => import("./backbone-fold.ts"), find("backbone-body"));
    await part?.wireBackbone(refresh);
  });
  const load = async (_overview: Answer<Overview>): Promise<Problem | null> => {
    const [items, heads] = await Promise.all([fetchClasses(), fetchHeads(versions.pages())]);
    if (!items.ok) return items.error;
    if (!heads.ok) return heads.error;
    versions.show(heads.value, nameItems(items.value.classes));
    await showRuns();
    return null;
  };
  return { load, showOverview };
}
