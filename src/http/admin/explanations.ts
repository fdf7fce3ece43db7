/** Why the live head answers as it does to a photo that is stored: a labelled one, or one that a correction is about. */

import { Hono } from "hono";
import { z } from "zod";
import { predict } from "../../head/predict.ts";
import { nothingToExplain } from "../../shared/english/labels.ts";
import { noneLive } from "../../shared/english/versions.ts";
import { findEmbedding } from "../../store/explanation.ts";
import type { AppEnv } from "../app-env.ts";
import { explainPrediction, photoCount } from "../explanation.ts";
import { respondProblem } from "../problem-response.ts";
import { checkFields } from "../request-body.ts";

const item = z.string().min(1).max(64).optional();

/** Both items may be absent: the live head then explains its own answer against its runner-up. */
export const explanationQuery = z.strictObject({
  answer: item.meta({ description: "The item to explain; the live head's answer by default" }),
  rival: item.meta({ description: "The item to hold it against; the best of the others by default" }),
  limit: photoCount.default(5).meta({ description: "Photos to name on each side" }),
});

/** Mounted at `/v1/admin/photos`. 404 where neither an example nor a waiting correction has the photo. */
export const explanationRoutes = new Hono<AppEnv>().get("/:photo/explanation", async (c) => {
  const query = checkFields(c.req.query(), explanationQuery);
  if (!query.ok) return respondProblem(c, query.error);
  const { db, readServedHead, clock } = c.get("services");
  const embedding = await findEmbedding(db, c.req.param("photo"));
  if (embedding === null) {
    return respondProblem(c, nothingToExplain());
  }
  const now = clock();
  const served = await readServedHead(db, now, now); // -- staff change the menu and look at once
  if (served === null) return respondProblem(c, noneLive());
  const { answer, rival, limit: photos } = query.value;
  const prediction = predict(served.head, embedding, (id) => !served.names.has(id), served.thresholds);
  const explained = await explainPrediction(c, served, embedding, prediction, { answer, rival, photos });
  if (!explained.ok) return respondProblem(c, explained.error);
  return c.json({ headVersion: served.version, explanation: explained.value });
});
