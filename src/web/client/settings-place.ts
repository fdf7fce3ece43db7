/** The settings: keys, places, webhooks, limits, what the teacher said, the audit log, and the data as a file. */
import type { Overview } from "./admin-answers.ts";
import { type Answer, fetchClasses } from "./admin-api.ts";
import { createAuditSection } from "./audit-section.tsx";
import { find } from "./dom.ts";
import { nameItems } from "./item-names.ts";
import { createKeysSection } from "./keys-section.tsx";
import { loadOnDemand } from "./load-on-demand.ts";
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
  const loadTransfer = async () => {
    const { wireTransfer } = await import("./transfer-section.ts");
    return () => wireTransfer(refresh);
  };
  loadOnDemand("transfer", loadTransfer, find("import-alert"));
  loadOnDemand("places", async () => (await import("./places-fold.tsx")).wirePlaces(keys));
  loadOnDemand("webhooks", async () => (await import("./webhooks-fold.tsx")).wireWebhooks());
  loadOnDemand("pictures", async () => (await import("./pictures-fold.tsx")).wirePictures());
  loadOnDemand("backups", async () => (await import("./backups-fold.tsx")).wireBackups());
  loadOnDemand("limits", async () => (await import("./limits-fold.tsx")).wireLimits());
  const load = async (_overview: Answer<Overview>): Promise<Problem | null> => {
    const items = await fetchClasses();
    if (!items.ok) return items.error;
    const names = nameItems(items.value.classes);
    await Promise.all([showAudit(names), showTeacher(names)]);
    return null;
  };
  return { load, showOverview };
}
