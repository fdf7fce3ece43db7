/** What `npm run backbone -- list` and `show` print. Changes nothing. */
import path from "node:path";
import type { BackboneManifest, ServiceManifest, TextManifest } from "../../src/backbone/manifest.ts";
import type { EnsureBackboneOptions } from "./ensure-backbone.ts";
import { listModels } from "./find-source.ts";
import { KNOWN_BACKBONES, type KnownBackbone } from "./known-backbones.ts";
import { backboneFolders } from "./made-backbones.ts";
import { findPlacedBackbone } from "./placed-backbone.ts";
import { KNOWN_TEXT_BACKBONES, type KnownTextBackbone } from "./text-backbones.ts";
import { WORKERS_AI_NAMES } from "./workers-ai-backbones.ts";

/** A manifest in lines for people. */
export function describePlaced(manifest: BackboneManifest): string {
  const { name, id, bytes, input, output, quantisation, licence, origin } = manifest;
  const numbers =
    quantisation &&
    `  numbers  whole: weights of ${quantisation.weightBits} bits, activations of ${quantisation.activationBits}; of ${quantisation.of.slice(0, 12)} by ${quantisation.photos} photos`;
  return [
    `  name     ${name}`,
    `  id       ${id}`,
    `  size     ${(bytes / 1e6).toFixed(1)} MB`,
    `  input    ${input.name}: ${input.width} x ${input.height}, short side ${(input.views ?? [input.resizeShortSide]).join(" and ")}, ${input.layout}`,
    `           mean ${input.mean.join(", ")}; std ${input.std.join(", ")}`,
    `  output   ${output.name}: ${output.dimension} numbers`,
    ...(numbers === undefined ? [] : [numbers]),
    `  licence  ${licence}`,
    `  origin   ${origin}`,
  ].join("\n");
}

/** The manifest of a text backbone in lines for people. */
export function describePlacedText({
  name,
  id,
  bytes,
  input,
  output,
  languages,
  licence,
  origin,
}: TextManifest): string {
  const blocks = output.blocks.map(({ source, dimension }) => `${dimension} of the ${source}`).join(", ");
  return [
    `  name     ${name}`,
    `  id       ${id}`,
    `  size     ${(bytes / 1e6).toFixed(1)} MB`,
    `  input    texts (${languages.join(", ")}), ${input.maxTokens} tokens at once; longer ones in windows`,
    `  output   ${output.dimension} numbers: ${blocks}`,
    `  licence  ${licence}`,
    `  origin   ${origin}`,
  ].join("\n");
}

/** The manifest of a backbone at a model service in lines for people. */
export function describeService({
  name,
  id,
  model,
  input,
  output,
  languages,
  licence,
  origin,
}: ServiceManifest): string {
  return [
    `  name     ${name}`,
    `  id       ${id}`,
    `  model    ${model}, asked for each text that is read`,
    `  input    texts (${languages.join(", ")}), ${input.maxCharacters} characters at once; longer ones in pieces`,
    `  output   ${output.dimension} numbers`,
    `  licence  ${licence}`,
    `  origin   ${origin}`,
  ].join("\n");
}

/** The backbone in place, the files found here, and the known ones. */
export async function listBackbones(places: EnsureBackboneOptions): Promise<string> {
  const placed = await findPlacedBackbone(places.activeDir);
  const lines = [`In place: ${placed?.manifest.name ?? "none yet (`npm start` takes the default)"}`, "", "Found here:"];
  const found = (await Promise.all(backboneFolders(places).map(listModels))).flat();
  lines.push(...(found.length > 0 ? found.map((file) => `  ${path.basename(file, ".onnx")}`) : ["  none"]));
  const [online, offline] = [true, false].map((has) =>
    KNOWN_BACKBONES.filter(({ url }) => (url !== undefined) === has),
  );
  lines.push("", "Known, downloaded by name:", ...online.flatMap(describeKnown));
  lines.push("", "Known where you bring the file, which has no public address:", ...offline.flatMap(describeKnown));
  lines.push("", "Known, for texts:", ...KNOWN_TEXT_BACKBONES.flatMap(describeKnownText));
  lines.push("", "At Workers AI, for texts, which are sent there:", ...WORKERS_AI_NAMES.map((name) => `  ${name}`));
  lines.push("", "npm run backbone -- use <name|file.onnx|folder|https URL>");
  return lines.join("\n");
}

function describeKnown({ name, megabytes, licence, origin, note, pin, url }: KnownBackbone): string[] {
  const pinned = "sha256" in pin ? `sha256 ${pin.sha256}` : `git blob ${pin.gitBlobId}`;
  const lines = [`  ${name}  (${megabytes} MB, ${licence}): ${note}`, `    ${origin}`, `    ${pinned}`];
  return url === undefined ? lines : [...lines, `    ${url}`];
}

function describeKnownText({ name, megabytes, licence, note, origin }: KnownTextBackbone): string[] {
  return [`  ${name}  (${megabytes} MB, ${licence}): ${note}`, `    ${origin}`];
}
