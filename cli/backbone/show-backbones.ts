/** What `npm run backbone -- list` and `show` print. Changes nothing. */
import path from "node:path";
import type { BackboneManifest } from "../../src/backbone/manifest.ts";
import type { EnsureBackboneOptions } from "./ensure-backbone.ts";
import { listModels } from "./find-source.ts";
import { KNOWN_BACKBONES, type KnownBackbone } from "./known-backbones.ts";
import { findPlacedBackbone } from "./placed-backbone.ts";

/** A manifest in lines for people. */
export function describePlaced({ name, id, bytes, input, output, licence, origin }: BackboneManifest): string {
  return [
    `  name     ${name}`,
    `  id       ${id}`,
    `  size     ${(bytes / 1e6).toFixed(1)} MB`,
    `  input    ${input.name}: ${input.width} x ${input.height}, short side ${input.resizeShortSide}, ${input.layout}`,
    `           mean ${input.mean.join(", ")}; std ${input.std.join(", ")}`,
    `  output   ${output.name}: ${output.dimension} numbers`,
    `  licence  ${licence}`,
    `  origin   ${origin}`,
  ].join("\n");
}

/** The backbone in place, the files found here, and the known ones. */
export async function listBackbones(places: EnsureBackboneOptions): Promise<string> {
  const placed = await findPlacedBackbone(places.activeDir);
  const lines = [`In place: ${placed?.manifest.name ?? "none yet (`npm start` takes the default)"}`, "", "Found here:"];
  const found = [...(await listModels(places.modelsDir)), ...(await listModels(places.sharedBackbonesDir))];
  lines.push(...(found.length > 0 ? found.map((file) => `  ${path.basename(file, ".onnx")}`) : ["  none"]));
  lines.push("", "Known:", ...KNOWN_BACKBONES.flatMap(describeKnown));
  lines.push("", "npm run backbone -- use <name|file.onnx|folder|https URL>");
  return lines.join("\n");
}

function describeKnown({ name, megabytes, licence, origin, note, pin, url }: KnownBackbone): string[] {
  const pinned = "sha256" in pin ? `sha256 ${pin.sha256}` : `git blob ${pin.gitBlobId}`;
  const lines = [`  ${name}  (${megabytes} MB, ${licence}): ${note}`, `    ${origin}`, `    ${pinned}`];
  return url === undefined ? lines : [...lines, `    ${url}`];
}
