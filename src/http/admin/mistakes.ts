/** What a version answered differently from its label: the samples behind the cells of its confusion matrix, page by page. */

import { z } from "zod";
import { exampleBody } from "../../application/example-body.ts";
import { headOperations } from "../../operations/heads.ts";
import { noSuchVersion } from "../../shared/english/versions.ts";
import { err, ok } from "../../shared/result.ts";
import { listMistakes } from "../../store/mistakes.ts";
import { findModality } from "../modality/find-modality.ts";
import { serve } from "../serve.ts";

/** Of `headOperations`. */
export const mistakeHandlers = [
  serve(headOperations.listMistakes, async (c, { params, query }) => {
    const version = z.coerce.number().int().positive().safeParse(params.version);
    if (!version.success) return err(noSuchVersion({ version: params.version }));
    const { label, said, ...page } = query;
    const found = await listMistakes(c.get("services").db, version.data, { label, said }, page);
    if (!found.ok) return found;
    const { reads } = await findModality(c.get("services"));
    const { mistakes, total, isComplete, next } = found.value;
    return ok({
      headVersion: version.data,
      mistakes: mistakes.map(({ position: _, example, ...mistake }) => ({
        ...exampleBody(example, reads),
        ...mistake,
      })),
      total,
      complete: isComplete,
      next,
    });
  }),
];
