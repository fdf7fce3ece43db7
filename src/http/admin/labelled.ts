/** Stored examples one by one: list, relabel, confirm, forget; and the labels that the head doubts. */
import { Hono } from "hono";
import { z } from "zod";
import { PURPOSES } from "../../shared/purpose.ts";
import { confirmExample, type ExampleFilter, listExamples, relabelExample } from "../../store/examples.ts";
import { forgetContributor, forgetSamples } from "../../store/forget.ts";
import { fetchPreviews } from "../../store/reviews.ts";
import { settleCopies } from "../../store/settle-copies.ts";
import { listSuspects } from "../../store/suspects.ts";
import { changePurpose } from "../../store/test-set.ts";
import type { AppEnv } from "../app-env.ts";
import { findModality } from "../modality/find-modality.ts";
import { pageFields, readPage } from "../page.ts";
import { respondProblem } from "../problem-response.ts";
import { checkFields, readJson } from "../request-body.ts";
import { exampleBody, showLooks } from "./example-body.ts";

const sampleId = z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in lower-case hex");
/** The query of `GET /v1/admin/examples`. */
export const listSchema = z
  .strictObject({
    class: z.string().optional().meta({ description: "Those of this item, by its id" }),
    contributor: z.string().optional().meta({ description: "Those that this key or guest sent" }),
    source: z.literal("auto").optional().meta({ description: "Those that count without staff" }),
    ...pageFields(sampleId),
  })
  .refine(
    ({ class: of, contributor, source }) =>
      [of, contributor, source].filter((given) => given !== undefined).length === 1,
    {
      message: "give one of class, contributor and source",
    },
  );
const copies = z
  .array(sampleId)
  .max(200)
  .meta({ description: "Photos of the same picture: all get the label, and it is confirmed" });
/** The body of `PATCH /v1/admin/examples/{photo}`: a new label, another purpose, or the word that the present label is right. */
export const changeSchema = z.union(
  [
    z.strictObject({ label: z.string(), copies: copies.optional() }),
    z.strictObject({ purpose: z.enum(PURPOSES) }),
    z.strictObject({ confirmed: z.literal(true) }),
  ],
  {
    error:
      'send { "label": "<item>" } to relabel, with "copies": ["<photo>"] for the same picture under other items, { "purpose": "test" } or "learn", or { "confirmed": true } to say that the label is right',
  },
);
/** The body of `POST /v1/admin/examples/forget`: SHA-256 hashes in hex. */
export const forgetSchema = z.strictObject({ photos: z.array(sampleId).min(1).max(1_000) });

/** Mounted at `/v1/admin`. */
export const labelledRoutes = new Hono<AppEnv>()
  .get("/examples", async (c) => {
    const query = checkFields(c.req.query(), listSchema);
    if (!query.ok) return respondProblem(c, query.error);
    const { db } = c.get("services");
    const filter = toFilter(query.value);
    const { rows, next } = await readPage(
      query.value,
      (after, limit) => listExamples(db, filter, limit, after),
      (example) => example.photo,
    );
    const { reads } = await findModality(c);
    return c.json({ examples: rows.map((row) => exampleBody(row, reads)), next });
  })
  .patch("/examples/:photo", async (c) => {
    const body = await readJson(c, changeSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, clock } = c.get("services");
    const photo = c.req.param("photo");
    if ("label" in body.value) {
      const { label: asked, copies } = body.value;
      const label = copies
        ? await settleCopies(db, [photo, ...copies], asked, c.get("actor"), clock())
        : await relabelExample(db, photo, asked, c.get("actor"), clock());
      return label.ok ? c.json({ photo, label: label.value }) : respondProblem(c, label.error);
    }
    if ("purpose" in body.value) {
      const changed = await changePurpose(db, photo, body.value.purpose, c.get("actor"), clock());
      return changed.ok ? c.json({ photo, ...body.value }) : respondProblem(c, changed.error);
    }
    const confirmed = await confirmExample(db, photo, c.get("actor"), clock());
    return confirmed.ok ? c.json({ photo, ...body.value }) : respondProblem(c, confirmed.error);
  })
  .post("/examples/forget", async (c) => {
    const body = await readJson(c, forgetSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, clock } = c.get("services");
    const forgotten = await forgetSamples(db, body.value.photos, c.get("actor"), clock());
    return forgotten.ok ? c.json({ forgotten: forgotten.value }) : respondProblem(c, forgotten.error);
  })
  .delete("/examples/:photo", async (c) => {
    const { db, clock } = c.get("services");
    const forgotten = await forgetSamples(db, [c.req.param("photo")], c.get("actor"), clock());
    return forgotten.ok ? c.json({ forgotten: forgotten.value }) : respondProblem(c, forgotten.error);
  })
  .delete("/contributors/:contributor", async (c) => {
    const { db, clock } = c.get("services");
    return c.json({ forgotten: await forgetContributor(db, c.req.param("contributor"), c.get("actor"), clock()) });
  })
  .get("/suspects", async (c) => {
    const { db } = c.get("services");
    const { headVersion, suspects } = await listSuspects(db);
    const { reads, previewsSuspects } = await findModality(c);
    const photos = suspects.map(({ photo }) => photo);
    const previews = previewsSuspects ? await fetchPreviews(db, photos) : new Map<string, string>();
    return c.json({
      headVersion,
      suspects: suspects.map(({ looks, ...suspect }) => ({
        ...suspect,
        ...showLooks(looks ?? previews.get(suspect.photo) ?? null, reads),
      })),
    });
  });

/** The one that the schema let pass. */
function toFilter({ class: classId, contributor }: z.infer<typeof listSchema>): ExampleFilter {
  if (classId !== undefined) return { classId };
  return contributor === undefined ? { source: "auto" } : { contributor };
}
