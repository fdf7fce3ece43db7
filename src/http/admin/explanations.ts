/** Why the live head answers as it does to a photo that is stored: a labelled one, or one that a correction is about. */

import { explainPrediction } from "../../application/explanation.ts";
import { predict } from "../../head/predict.ts";
import { pictureOperations } from "../../operations/pictures.ts";
import { nothingToExplain } from "../../shared/english/labels.ts";
import { noneLive } from "../../shared/english/versions.ts";
import { err, ok } from "../../shared/result.ts";
import { findEmbedding } from "../../store/explanation.ts";
import { serve } from "../serve.ts";

/** 404 where neither an example nor a waiting correction has the photo. */
export const explanationHandlers = [
  serve(pictureOperations.explainPhoto, async (c, { params, query }) => {
    const { db, readServedHead, clock } = c.get("services");
    const embedding = await findEmbedding(db, params.photo);
    if (embedding === null) {
      return err(nothingToExplain());
    }
    const now = clock();
    const served = await readServedHead(db, now, now); // -- staff change the menu and look at once
    if (served === null) return err(noneLive());
    const { answer, rival, limit: photos } = query;
    const prediction = predict(served.head, embedding, (id) => !served.names.has(id), served.thresholds);
    const explained = await explainPrediction(c.get("services"), served, embedding, prediction, {
      answer,
      rival,
      photos,
    });
    if (!explained.ok) return explained;
    return ok({ headVersion: served.version, explanation: explained.value });
  }),
];
