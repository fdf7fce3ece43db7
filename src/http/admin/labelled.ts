/** Stored examples one by one: list, relabel, confirm, forget; and the labels that the head doubts. */

import type { z } from "zod";
import { exampleBody, showLooks } from "../../application/example-body.ts";
import { exampleChangeOperations } from "../../operations/example-changes.ts";
import { exampleOperations, type listSchema } from "../../operations/examples.ts";
import { ok } from "../../shared/result.ts";
import { confirmExample, type ExampleFilter, listExamples, relabelExample } from "../../store/examples.ts";
import { forgetContributor, forgetSamples } from "../../store/forget.ts";
import { fetchPreviews } from "../../store/reviews.ts";
import { settleCopies } from "../../store/settle-copies.ts";
import { listSuspects } from "../../store/suspects.ts";
import { changePurpose } from "../../store/test-set.ts";
import { findModality } from "../modality/find-modality.ts";
import { readPage } from "../page.ts";
import { serve } from "../serve.ts";

/** Of `exampleOperations` and `exampleChangeOperations`. */
export const labelledHandlers = [
  serve(exampleOperations.listExamples, async (c, { query }) => {
    const { db } = c.get("services");
    const filter = toFilter(query);
    const { rows, next } = await readPage(
      query,
      (after, limit) => listExamples(db, filter, limit, after),
      (example) => example.photo,
    );
    const { reads } = await findModality(c.get("services"));
    return ok({ examples: rows.map((row) => exampleBody(row, reads)), next });
  }),
  serve(exampleChangeOperations.changeExample, async (c, { params, body }) => {
    const { db, clock } = c.get("services");
    const photo = params.photo;
    if ("label" in body) {
      const { label: asked, copies } = body;
      const label = copies
        ? await settleCopies(db, [photo, ...copies], asked, c.get("actor"), clock())
        : await relabelExample(db, photo, asked, c.get("actor"), clock());
      return label.ok ? ok({ photo, label: label.value }) : label;
    }
    if ("purpose" in body) {
      const changed = await changePurpose(db, photo, body.purpose, c.get("actor"), clock());
      return changed.ok ? ok({ photo, ...body }) : changed;
    }
    const confirmed = await confirmExample(db, photo, c.get("actor"), clock());
    return confirmed.ok ? ok({ photo, ...body }) : confirmed;
  }),
  serve(exampleChangeOperations.forgetExamples, async (c, { body }) => {
    const { db, clock } = c.get("services");
    const forgotten = await forgetSamples(db, body.photos, c.get("actor"), clock());
    return forgotten.ok ? ok({ forgotten: forgotten.value }) : forgotten;
  }),
  serve(exampleChangeOperations.forgetExample, async (c, { params }) => {
    const { db, clock } = c.get("services");
    const forgotten = await forgetSamples(db, [params.photo], c.get("actor"), clock());
    return forgotten.ok ? ok({ forgotten: forgotten.value }) : forgotten;
  }),
  serve(exampleChangeOperations.forgetContributor, async (c, { params }) => {
    const { db, clock } = c.get("services");
    return ok({ forgotten: await forgetContributor(db, params.contributor, c.get("actor"), clock()) });
  }),
  serve(exampleChangeOperations.listSuspects, async (c) => {
    const { db } = c.get("services");
    const { headVersion, suspects } = await listSuspects(db);
    const { reads, previewsSuspects } = await findModality(c.get("services"));
    const photos = suspects.map(({ photo }) => photo);
    const previews = previewsSuspects ? await fetchPreviews(db, photos) : new Map<string, string>();
    return ok({
      headVersion,
      suspects: suspects.map(({ looks, ...suspect }) => ({
        ...suspect,
        ...showLooks(looks ?? previews.get(suspect.photo) ?? null, reads),
      })),
    });
  }),
];

/** The one that the schema let pass. */
function toFilter({ class: classId, contributor }: z.infer<typeof listSchema>): ExampleFilter {
  if (classId !== undefined) return { classId };
  return contributor === undefined ? { source: "auto" } : { contributor };
}
