/**
 * A closer look at a version, for staff: why the live head answers as it does to a sample that is stored, the samples
 * behind the cells of a confusion matrix, and a map of the menu.
 */

import { z } from "zod";
import { exampleBody, explainPrediction, showLooks } from "../../application/explanation.ts";
import { predict } from "../../head/predict.ts";
import { headOperations } from "../../operations/heads.ts";
import { pictureOperations } from "../../operations/labelled-samples.ts";
import { nothingToExplain } from "../../shared/english/labels.ts";
import { noneLive, noSuchVersion, nothingToDraw, versionOfAnotherBackbone } from "../../shared/english/versions.ts";
import { err, ok } from "../../shared/result.ts";
import { listMistakes } from "../../store/heads/doubted-labels.ts";
import { findEmbedding } from "../../store/heads/explanation.ts";
import { findModality } from "../modality/find-modality.ts";
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

/** Of `headOperations`. */
export const mapHandlers = [
  serve(headOperations.drawMap, async (c, { params }) => {
    const version = z.coerce.number().int().positive().safeParse(params.version);
    if (!version.success) return err(noSuchVersion({ version: params.version }));
    const { db, drawMenuMap, loadEmbedder } = c.get("services");
    const { manifest } = await loadEmbedder();
    const drawn = await drawMenuMap(db, { id: manifest.id, dimension: manifest.output.dimension }, version.data);
    if (drawn === "unknown") return err(noSuchVersion({ version: version.data }));
    if (drawn === "foreign") return err(versionOfAnotherBackbone({ version: version.data }));
    if (drawn === "empty") return err(nothingToDraw());
    const { reads } = await findModality(c.get("services"));
    const { points, shares, exampleCount, itemCount, isCurrent, items } = drawn.map;
    return ok({
      headVersion: version.data,
      items,
      itemCount,
      points: points.map(({ looks, ...point }) => ({ ...point, ...showLooks(looks, reads) })),
      examples: exampleCount,
      shares,
      current: isCurrent,
    });
  }),
];
