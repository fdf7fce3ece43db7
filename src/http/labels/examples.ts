/** Photos or texts of a menu item, one or many at a time; which of them are stored already; and what becomes of those that are. */

import type { z } from "zod";
import { toInnerProblem } from "../../application/each-row.ts";
import { exampleBody, showLooks } from "../../application/explanation.ts";
import { findKnown, teach } from "../../application/teach.ts";
import { exampleChangeOperations } from "../../operations/example-changes.ts";
import { exampleOperations, type listSchema } from "../../operations/examples.ts";
import { ok } from "../../shared/result.ts";
import { listSuspects } from "../../store/heads/doubted-labels.ts";
import { changeExamples } from "../../store/labels/change-examples.ts";
import {
  confirmExample,
  type ExampleFilter,
  listExamples,
  relabelExample,
  settleCopies,
} from "../../store/labels/examples.ts";
import { forgetContributor, forgetSamples } from "../../store/labels/forget.ts";
import { changePurpose } from "../../store/labels/test-set.ts";
import { fetchPreviews } from "../../store/reviews/reviews.ts";
import { callerOf } from "../access/caller.ts";
import { findModality } from "../modality/find-modality.ts";
import { readPage, reply, serve } from "../serve.ts";

/** Of `exampleOperations`. */
export const exampleHandlers = [
  serve(exampleOperations.findKnownPhotos, async (c, { body }) => {
    const services = c.get("services");
    if ("photos" in body) return ok(await findKnown(services, body.photos));
    const texts = (await findModality(services)).takeTexts(callerOf(c), body.texts);
    if (!texts.ok) return texts;
    const samples = await Promise.all(texts.value.map((text) => text.identify()));
    const known = await findKnown(
      services,
      samples.filter((id) => id !== null),
    );
    return ok({ ...known, samples });
  }),
  serve(exampleOperations.addExamples, async (c, { params, query }) => {
    const services = c.get("services");
    const read = async () => (await findModality(services)).readExamples(c);
    const taught = await teach(services, callerOf(c), { label: params.id, ...query }, read);
    if (!taught.ok) return taught;
    const { isList, ...answer } = taught.value;
    const isNew = !isList && answer.duplicates === 0 && answer.refused === 0;
    return reply(c, exampleOperations.addExamples, isNew ? 201 : 200, answer);
  }),
];

/* Stored examples: list, relabel, confirm, forget, one by one or many at once; and the labels that the head doubts. */

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

/** Of `exampleChangeOperations`. */
export const exampleChangeHandlers = [
  serve(exampleChangeOperations.changeExamples, async (c, { body }) => {
    const { db, clock } = c.get("services");
    const outcomes = await changeExamples(db, body.changes, c.get("actor"), clock());
    const results = outcomes.map((outcome, i) => {
      const { photo } = body.changes[i];
      if (!outcome.ok) return { photo, status: "refused" as const, problem: toInnerProblem(outcome.error) };
      return { photo, status: "done" as const, ...outcome.value };
    });
    const done = results.filter(({ status }) => status === "done").length;
    return ok({ results, done, refused: results.length - done });
  }),
];
