/** Many labelled samples changed at once, each row with an outcome of its own, and with what takes it back. */
import { Hono } from "hono";
import { z } from "zod";
import { PURPOSES } from "../../shared/purpose.ts";
import { changeExamples, MAX_CHANGES } from "../../store/change-examples.ts";
import type { AppEnv } from "../app-env.ts";
import { toInnerProblem } from "../each-row.ts";
import { respondProblem } from "../problem-response.ts";
import { readJson } from "../request-body.ts";

const label = z.string().min(1).max(64);
const change = z
  .strictObject({
    photo: z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in lower-case hex"),
    label: label.optional().meta({ description: "What it is to be labelled as: id, name or alias" }),
    purpose: z.enum(PURPOSES).optional(),
    confirmed: z.boolean().optional().meta({ description: "Whether staff say that the label is right" }),
    from: label.optional().meta({ description: "The id of the label that it must still have" }),
  })
  .refine(({ label: to, purpose, confirmed }) => to !== undefined || purpose !== undefined || confirmed !== undefined, {
    message: "give label, purpose or confirmed",
  });
/** The body of `PATCH /v1/admin/examples`. */
export const changesSchema = z.strictObject({ changes: z.array(change).min(1).max(MAX_CHANGES) });

/** Mounted at `/v1/admin`. */
export const exampleChangeRoutes = new Hono<AppEnv>().patch("/examples", async (c) => {
  const body = await readJson(c, changesSchema);
  if (!body.ok) return respondProblem(c, body.error);
  const { db, clock } = c.get("services");
  const outcomes = await changeExamples(db, body.value.changes, c.get("actor"), clock());
  const results = outcomes.map((outcome, i) => {
    const { photo } = body.value.changes[i];
    if (!outcome.ok) return { photo, status: "refused", problem: toInnerProblem(outcome.error) };
    return { photo, status: "done", ...outcome.value };
  });
  const done = results.filter(({ status }) => status === "done").length;
  return c.json({ results, done, refused: results.length - done });
});
