/** `/v1/admin/pool`: lists what the head is least sure of and nobody has labelled; takes a label for it, or dismisses it. */
import { keepsPictures } from "../../config.ts";
import { poolOperations } from "../../operations/pool.ts";
import type { Services } from "../../services.ts";
import { ok } from "../../shared/result.ts";
import { toIsoTime } from "../../shared/time.ts";
import { dismissPooled, emptyPool, labelPooled } from "../../store/pool/pool-decisions.ts";
import { countPooled, fetchCopies } from "../../store/pool/pool-queue.ts";
import { type ChosenSample, choosePooled } from "../../training/pool.ts";
import { readContributor } from "../access/contributor.ts";
import { findModality } from "../modality/find-modality.ts";
import { serve } from "../serve.ts";
import { showPreview } from "./pictures.ts";

/** Answers of the head that are shown beside a sample. */
const SHOWN_SCORES = 3;

/** Of `poolOperations`. */
export const poolHandlers = [
  serve(poolOperations.listPool, async (c, { query }) => {
    const { config, db, readServedHead, clock } = c.get("services");
    const [served, pooled] = await Promise.all([readServedHead(db, clock()), countPooled(db)]);
    const chosen = pooled === 0 ? [] : await choosePooled(db, served, query.limit);
    const { size } = config.pool;
    return ok({ open: size > 0, size, pooled, samples: await describeSamples(c.get("services"), chosen) });
  }),
  serve(poolOperations.labelPooled, async (c, { params, body }) => {
    const { config, db, clock } = c.get("services");
    const photo = params.photo;
    const by = { contributor: await readContributor(c), actor: c.get("actor") };
    const decider = { ...by, keepsPictures: keepsPictures(config) };
    const label = await labelPooled(db, photo, body.label, decider, clock());
    return label.ok ? ok({ photo, label: label.value }) : label;
  }),
  serve(poolOperations.dismissPooled, async (c, { params }) => {
    const { db, clock } = c.get("services");
    const gone = await dismissPooled(db, params.photo, c.get("actor"), clock());
    return gone.ok ? ok(null) : gone;
  }),
  serve(poolOperations.emptyPool, async (c) => {
    const { db, clock } = c.get("services");
    return ok({ dropped: await emptyPool(db, c.get("actor"), clock()) });
  }),
];

async function describeSamples(services: Services, chosen: readonly ChosenSample[]) {
  if (chosen.length === 0) return [];
  const modality = await findModality(services);
  const photos = chosen.map(({ photo }) => photo);
  const copies = await fetchCopies(services.db, photos);
  return chosen.map(({ photo, reason, contributor, scores, seenAt }) => ({
    photo,
    ...showPreview(modality, copies.get(photo) ?? null),
    reason,
    contributor,
    seenAt: toIsoTime(seenAt),
    answers: scores.slice(0, SHOWN_SCORES).map(({ classId, score }) => ({ label: classId, score })),
  }));
}
