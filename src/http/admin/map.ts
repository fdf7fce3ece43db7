/** A map of the menu: the examples of a version in two dimensions, for staff who want to see which items lie close to each other. */
import { Hono } from "hono";
import { z } from "zod";
import { noSuchVersion, nothingToDraw, versionOfAnotherBackbone } from "../../shared/english/versions.ts";
import type { AppEnv } from "../app-env.ts";
import { findModality } from "../modality/find-modality.ts";
import { respondProblem } from "../problem-response.ts";
import { showLooks } from "./example-body.ts";

/** Mounted at `/v1/admin/heads`. */
export const mapRoutes = new Hono<AppEnv>().get("/:version/map", async (c) => {
  const version = z.coerce.number().int().positive().safeParse(c.req.param("version"));
  if (!version.success) return respondProblem(c, noSuchVersion({ version: c.req.param("version") }));
  const { db, drawMenuMap, loadEmbedder } = c.get("services");
  const { manifest } = await loadEmbedder();
  const drawn = await drawMenuMap(db, { id: manifest.id, dimension: manifest.output.dimension }, version.data);
  if (drawn === "unknown") return respondProblem(c, noSuchVersion({ version: version.data }));
  if (drawn === "foreign") return respondProblem(c, versionOfAnotherBackbone({ version: version.data }));
  if (drawn === "empty") return respondProblem(c, nothingToDraw());
  const { reads } = await findModality(c);
  const { points, shares, exampleCount, itemCount, isCurrent, items } = drawn.map;
  return c.json({
    headVersion: version.data,
    ...{ items, itemCount, points: points.map(({ looks, ...point }) => ({ ...point, ...showLooks(looks, reads) })) },
    ...{ examples: exampleCount, shares, current: isCurrent },
  });
});
