/** What a version answered otherwise than labelled: the samples behind the cells of its confusion matrix, page by page. */
import { Hono } from "hono";
import { z } from "zod";
import { noSuchVersion } from "../../shared/english/versions.ts";
import { listMistakes } from "../../store/mistakes.ts";
import type { AppEnv } from "../app-env.ts";
import { findModality } from "../modality/find-modality.ts";
import { pageFields } from "../page.ts";
import { respondProblem } from "../problem-response.ts";
import { checkFields } from "../request-body.ts";
import { exampleBody } from "./example-body.ts";

const item = z.string().min(1).max(64).optional();
/** The query of `GET /v1/admin/heads/{version}/mistakes`: a cell, a row or a column of the matrix, or all of it. */
export const mistakesQuery = z.strictObject({
  label: item.meta({ description: "Samples that were labelled as this item, by its id" }),
  said: item.meta({ description: "Samples that were answered as this item, by its id" }),
  ...pageFields(z.coerce.number().int().positive()),
});

/** Mounted at `/v1/admin/heads`. */
export const mistakeRoutes = new Hono<AppEnv>().get("/:version/mistakes", async (c) => {
  const version = z.coerce.number().int().positive().safeParse(c.req.param("version"));
  if (!version.success) return respondProblem(c, noSuchVersion({ version: c.req.param("version") }));
  const query = checkFields(c.req.query(), mistakesQuery);
  if (!query.ok) return respondProblem(c, query.error);
  const { label, said, ...page } = query.value;
  const found = await listMistakes(c.get("services").db, version.data, { label, said }, page);
  if (!found.ok) return respondProblem(c, found.error);
  const { reads } = await findModality(c);
  const { mistakes, total, isComplete, next } = found.value;
  return c.json({
    headVersion: version.data,
    mistakes: mistakes.map(({ position: _, example, ...mistake }) => ({ ...exampleBody(example, reads), ...mistake })),
    total,
    complete: isComplete,
    next,
  });
});
