/** A map of the menu: the examples of a version in two dimensions, for staff who want to see which items lie close to each other. */

import { z } from "zod";
import { showLooks } from "../../application/example-body.ts";
import { headOperations } from "../../operations/heads.ts";
import { noSuchVersion, nothingToDraw, versionOfAnotherBackbone } from "../../shared/english/versions.ts";
import { err, ok } from "../../shared/result.ts";
import { findModality } from "../modality/find-modality.ts";
import { serve } from "../serve.ts";

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
      ...{ items, itemCount, points: points.map(({ looks, ...point }) => ({ ...point, ...showLooks(looks, reads) })) },
      ...{ examples: exampleCount, shares, current: isCurrent },
    });
  }),
];
