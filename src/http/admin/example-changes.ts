/** Many labelled samples changed at once, each row with an outcome of its own, and with what takes it back. */

import { toInnerProblem } from "../../application/each-row.ts";
import { exampleChangeOperations } from "../../operations/example-changes.ts";
import { ok } from "../../shared/result.ts";
import { changeExamples } from "../../store/change-examples.ts";
import { serve } from "../serve.ts";

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
