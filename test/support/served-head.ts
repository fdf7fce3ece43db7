/** A head as requests are served with it, fitted to made-up photos: class number k looks like `makeEmbeddedPhotos(k, ...)`. */
import { fitHead } from "../../src/head/fit.ts";
import { addExamples, createStatistics } from "../../src/head/statistics.ts";
import type { ServedHead } from "../../src/store/heads/head-cache.ts";
import { BACKBONE_ID, DIMENSION, makeEmbeddedPhotos } from "./embedded-photos.ts";

const PHOTOS_PER_CLASS = 20;
const UNTRANSLATED = {
  translations: new Map(),
  languages: [],
  thresholds: new Map(),
  menu: [],
  places: new Map(),
  archiveRevision: 0,
  fewPhotos: false,
};

export function makeServedHead(classIds: readonly string[]): ServedHead {
  const rows = classIds.flatMap((classId, kind) =>
    makeEmbeddedPhotos(kind, PHOTOS_PER_CLASS).map(({ embedding }) => ({ classId, embedding })),
  );
  const statistics = createStatistics(DIMENSION);
  addExamples(statistics, rows);
  const fitted = fitHead(statistics, rows, { classIds, priorExponent: 0, unknownAlpha: 0.05 });
  if (!fitted.ok) throw new Error(fitted.error.message);
  const names = new Map(classIds.map((id) => [id, id]));
  const evidence = new Map(classIds.map((id) => [id, PHOTOS_PER_CLASS]));
  const { head, evaluation } = fitted.value;
  const doubtBelow = evaluation?.doubtBelow ?? null;
  return { version: 1, backboneId: BACKBONE_ID, head, doubtBelow, evidence, names, ...UNTRANSLATED };
}
