/** The settings: keys, places, webhooks, limits, what the teacher said, the audit log, and the data as a file. */
import type { Overview } from "./admin-answers.ts";
import { type Answer, fetchClasses } from "./admin-api.ts";
import { createAuditSection } from "./audit-section.tsx";
import { find } from "./dom.ts";
import { nameItems } from "./item-names.ts";
import { createKeysSection } from "./keys-section.tsx";
import { loadOnDemand } from "./load-on-demand.ts";
import { loadPart } from "./load-part.ts";
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import { createTeacherSection } from "./teacher-section.ts";
import { createTrainingBar } from "./training-bar.ts";

/** `refresh` is called after every change. */
export function createSettings(refresh: () => Promise<void>): Place {
  const keys = createKeysSection();
  void keys.load();
  const showAudit = createAuditSection();
  const showTeacher = createTeacherSection(refresh);
  const showOverview = createTrainingBar(refresh);
  loadOnDemand("transfer", async () => {
    const part = await loadPart(() => import("./transfer-section.ts"), find("import-alert"));
    part?.wireTransfer(refresh);
  });
  loadOnDemand("places", async () => {
    const part = await loadPart(() => import("./places-fold.tsx"), find("places-body"));
    await part?.wirePlaces(keys);
  });
  loadOnDemand("webhooks", async () => {
    const part = await loadPart(() => import("./webhooks-fold.tsx"), find("webhooks-body"));
    await part?.wireWebhooks();
  });
  loadOnDemand("pictures", async () => {
    const part = await loadPart(() => import("./pictures-fold.tsx"), find("pictures-body"));
    await part?.wirePictures();
  });
  loadOnDemand("backups", async () => {
    const part = await loadPart(() => import("./backups-fold.tsx"), find("backups-body"));
    await part?.wireBackups();
  });
  loadOnDemand("limits", async () => {
    const part = await loadPart(() => import("./limits-fold.tsx"), find("limits-body"));
    await part?.wireLimits();
  });
  const load = async (_overview: Answer<Overview>): Promise<Problem | null> => {
    const items = await fetchClasses();
    if (!items.ok) return items.error;
    const names = nameItems(items.value.classes);
    await Promise.all([showAudit(names), showTeacher(names)]);
    return null;
  };
  return { load, showOverview };
}
