/** Which modality this deployment has. The backbone decides, and nothing else does. */
import type { Services } from "../../services.ts";
import { createImageModality } from "./image-modality.ts";
import type { Modality } from "./modality.ts";
import { createTextModality } from "./text-modality.ts";

/** Throws `BackboneError` where the deployment carries no backbone. */
export async function findModality(services: Services): Promise<Modality> {
  const backbone = await services.loadEmbedder();
  return backbone.modality === "text"
    ? createTextModality(services, backbone)
    : createImageModality(services, backbone);
}
