/** Which modality this deployment has. The backbone decides, and nothing else does. */
import type { Context } from "hono";
import type { AppEnv } from "../app-env.ts";
import { createImageModality } from "./image-modality.ts";
import type { Modality } from "./modality.ts";
import { createTextModality } from "./text-modality.ts";

/** Throws `BackboneError` where the deployment carries no backbone. */
export async function findModality(c: Context<AppEnv>): Promise<Modality> {
  const { loadEmbedder, config } = c.get("services");
  const backbone = await loadEmbedder();
  return backbone.modality === "text" ? createTextModality(backbone) : createImageModality(backbone, config);
}
