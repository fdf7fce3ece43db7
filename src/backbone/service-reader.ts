/** A text backbone at a model service as the Worker has it: one call from what was written to its embedding. */
import { noServiceBinding, serviceOfAnotherLength } from "../shared/english/versions.ts";
import { err } from "../shared/result.ts";
import { characterGrams } from "../text/character-grams.ts";
import { normaliseText } from "../text/normalise-text.ts";
import { averageWindows, splitIntoWindows } from "../text/windows.ts";
import type { ServiceManifest } from "./service-manifest.ts";
import { joinBlocks } from "./text-embedder.ts";
import type { TextReader } from "./text-reader.ts";
import type { EmbedPieces } from "./workers-ai.ts";

/** `embedPieces` is undefined where the deployment has no binding for the service: every text is then refused with what to do. */
export function createServiceReader(manifest: ServiceManifest, embedPieces: EmbedPieces | undefined): TextReader {
  const encoder = manifest.output.blocks.find(({ source }) => source === "encoder");
  return {
    modality: "text",
    manifest,
    normalise: normaliseText,
    async embed(text) {
      if (embedPieces === undefined) return err(NO_BINDING);
      // By code points, so that no piece begins in the middle of a character.
      const points = Array.from(text, (character) => character.codePointAt(0) ?? 0);
      const windows = splitIntoWindows(points, manifest.input.maxCharacters);
      const vectors = await embedPieces(
        manifest.model,
        windows.map((window) => window.map((point) => String.fromCodePoint(point)).join("")),
      );
      if (!vectors.ok) return vectors;
      if (vectors.value.some(({ length }) => length !== encoder?.dimension)) return err(OTHER_LENGTH);
      const encoded = averageWindows(windows, vectors.value);
      return joinBlocks(manifest.output.blocks, { encoder: encoded, characters: characterGrams(text) });
    },
    knowsNothingOf: async () => false,
    /** There is nothing to load, and asking costs. */
    warmUp: async () => {},
  };
}

const NO_BINDING = noServiceBinding();
const OTHER_LENGTH = serviceOfAnotherLength();
