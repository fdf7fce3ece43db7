/** Makes sure that some backbone is in place before anything is built, started or tested. */
import path from "node:path";
import { CommandError } from "../shared/command.ts";
import { ACTIVE_BACKBONE_DIR, MODELS_DIR, sharedDir } from "../shared/project-paths.ts";
import { listModels } from "./find-source.ts";
import { findPlacedBackbone, type PlacedBackbone } from "./placed-backbone.ts";
import { useBackbone } from "./use-backbone.ts";

/** The project's own backbone is `models/headstart-*.onnx`; the last name in alphabetical order is the default. */
const OWN_BACKBONE = /^headstart-.*\.onnx$/;
const SHARED_DEFAULT = "mobilenetv2-1.0-224-fp32-backbone";

export interface EnsureBackboneOptions {
  readonly activeDir: string;
  readonly modelsDir: string;
  readonly sharedBackbonesDir: string;
}

/** The places of this checkout. */
export function projectPlaces(): EnsureBackboneOptions {
  return {
    activeDir: ACTIVE_BACKBONE_DIR,
    modelsDir: MODELS_DIR,
    sharedBackbonesDir: path.join(sharedDir(process.env), "backbones"),
  };
}

/** Returns the backbone in place, after putting the default there when there is none. Throws `CommandError`. */
export async function ensureBackbone(places: EnsureBackboneOptions = projectPlaces()): Promise<PlacedBackbone> {
  const placed = await findPlacedBackbone(places.activeDir);
  if (placed !== undefined) return placed;
  const models = [...(await listModels(places.modelsDir)), ...(await listModels(places.sharedBackbonesDir))];
  const own = models.filter((file) => OWN_BACKBONE.test(path.basename(file))).at(-1);
  const wanted = own ?? models.find((file) => path.basename(file) === `${SHARED_DEFAULT}.onnx`);
  if (wanted === undefined) {
    throw new CommandError(
      "There is no backbone: the network that turns a photo into numbers is missing.\n" +
        "Put one in place, then run the command again:\n" +
        "  npm run backbone -- use mobilenetv2-7         (downloads 14 MB, Apache-2.0)\n" +
        "  npm run backbone -- use <file.onnx|folder|https URL>\n" +
        "`npm run backbone -- list` shows the known ones.",
    );
  }
  return useBackbone(wanted, places);
}
