/** `/v1/admin/pool`: what the head is least sure of and nobody has labelled; a label for it, or its leave. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { keepsPictures } from "../../config.ts";
import { toIsoTime } from "../../shared/time.ts";
import { dismissPooled, emptyPool, labelPooled } from "../../store/pool-decisions.ts";
import { MAX_POOL_PAGE } from "../../store/pool-limits.ts";
import { countPooled, fetchCopies } from "../../store/pool-queue.ts";
import { type ChosenSample, choosePooled } from "../../training/choose-pooled.ts";
import type { AppEnv } from "../app-env.ts";
import { readContributor } from "../contributor.ts";
import { whenMissing } from "../field-faults.ts";
import { findModality } from "../modality/find-modality.ts";
import { respondProblem } from "../problem-response.ts";
import { checkFields, readJson } from "../request-body.ts";
import { showPreview } from "./shown-preview.ts";

/** Answers of the head that are shown beside a sample. */
const SHOWN_SCORES = 3;
const USUAL_PAGE = 10;

/** The query of `GET /v1/admin/pool`. */
export const poolQuery = z.strictObject({
  limit: z.coerce.number().int().min(1).max(MAX_POOL_PAGE).default(USUAL_PAGE).meta({
    description: "Samples at most. They differ from one another as far as so many can",
  }),
});
/** The body of `POST /v1/admin/pool/{photo}`. */
export const poolLabel = z.strictObject({
  label: z
    .string({ error: whenMissing("give an item's id, name or alias") })
    .min(1)
    .max(80),
});

/** Mounted at `/v1/admin/pool`. */
export const poolRoutes = new Hono<AppEnv>()
  .get("/", async (c) => {
    const query = checkFields(c.req.query(), poolQuery);
    if (!query.ok) return respondProblem(c, query.error);
    const { config, db, readServedHead, clock } = c.get("services");
    const [served, pooled] = await Promise.all([readServedHead(db, clock()), countPooled(db)]);
    const chosen = pooled === 0 ? [] : await choosePooled(db, served, query.value.limit);
    const { size } = config.pool;
    return c.json({ open: size > 0, size, pooled, samples: await describeSamples(c, chosen) });
  })
  .post("/:photo", async (c) => {
    const body = await readJson(c, poolLabel);
    if (!body.ok) return respondProblem(c, body.error);
    const { config, db, clock } = c.get("services");
    const photo = c.req.param("photo");
    const by = { contributor: await readContributor(c), actor: c.get("actor") };
    const decider = { ...by, keepsPictures: keepsPictures(config) };
    const label = await labelPooled(db, photo, body.value.label, decider, clock());
    return label.ok ? c.json({ photo, label: label.value }) : respondProblem(c, label.error);
  })
  .delete("/:photo", async (c) => {
    const { db, clock } = c.get("services");
    const gone = await dismissPooled(db, c.req.param("photo"), c.get("actor"), clock());
    return gone.ok ? c.body(null, 204) : respondProblem(c, gone.error);
  })
  .delete("/", async (c) => {
    const { db, clock } = c.get("services");
    return c.json({ dropped: await emptyPool(db, c.get("actor"), clock()) });
  });

async function describeSamples(c: Context<AppEnv>, chosen: readonly ChosenSample[]) {
  if (chosen.length === 0) return [];
  const modality = await findModality(c);
  const photos = chosen.map(({ photo }) => photo);
  const copies = await fetchCopies(c.get("services").db, photos);
  return chosen.map(({ photo, reason, contributor, scores, seenAt }) => ({
    photo,
    ...showPreview(modality, copies.get(photo) ?? null),
    ...{ reason, contributor, seenAt: toIsoTime(seenAt) },
    answers: scores.slice(0, SHOWN_SCORES).map(({ classId, score }) => ({ label: classId, score })),
  }));
}
