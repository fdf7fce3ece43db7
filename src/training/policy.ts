/** What a training run decides, as pure functions of what it found. Every number that bounds a run stands here. */

/** Labels absorbed by one run; the rest waits for the next one. Bounds memory and the 30 s of CPU of a cron run. */
export const MAX_LABELS_PER_RUN = 2_000;

/** A head tells items apart, so it needs two of them with photos. */
export const MIN_CLASSES = 2;

/** What is live and what is stored, as far as it matters for the decision. */
export interface TrainingState {
  readonly statisticsVersion: number;
  readonly archiveRevision: number;
  /** Active classes whose absorbed count is above zero. */
  readonly trainableClasses: number;
  readonly live: { readonly statisticsVersion: number; readonly archiveRevision: number } | null;
}

/** True when a new head would differ from the live one and can be made. */
export function needsNewHead(state: TrainingState): boolean {
  if (state.trainableClasses < MIN_CLASSES) return false;
  if (state.live === null) return true;
  return (
    state.live.statisticsVersion !== state.statisticsVersion || state.live.archiveRevision !== state.archiveRevision
  );
}

/** Why there is no head yet, and what to do, in a sentence for the owner. */
export function explainMissingHead(activeClasses: number, classesWithPhotos: number, pendingLabels: number): string {
  if (activeClasses < MIN_CLASSES) {
    return `No head has been trained yet: the menu has ${countItems(activeClasses)}, ${MIN_CLASSES} are needed. Add menu items and photos of them.`;
  }
  if (classesWithPhotos < MIN_CLASSES) {
    return `No head has been trained yet: ${countItems(classesWithPhotos)} with photos, ${MIN_CLASSES} are needed. Add photos to the other items.`;
  }
  return `No head has been trained yet: ${pendingLabels} labels wait for the next training run. It starts by itself within minutes, or now with POST /v1/admin/training-runs.`;
}

function countItems(count: number): string {
  return count === 1 ? "1 item" : `${count} items`;
}
