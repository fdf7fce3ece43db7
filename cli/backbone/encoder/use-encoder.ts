/**
 * Puts a sentence encoder of others in place: its files as Hugging Face lays them out, checked, run once and weighed. Any
 * refusal leaves the text backbone that was there.
 */

import type { TextManifest } from "../../../src/backbone/manifest.ts";
import type { Pooling } from "../../../src/backbone/pool-tokens.ts";
import type { TokenEnds } from "../../../src/backbone/session.ts";
import { createTokeniser } from "../../../src/text/tokeniser.ts";
import { CommandError } from "../../shared/command.ts";
import { describeTextBackbone, type PlacedTextBackbone, placeTextBackbone } from "../placed-text-backbone.ts";
import { joinedBlocks, USUAL_CHARACTERS } from "../text-blocks.ts";
import { type EncoderFiles, readEncoderFiles } from "./encoder-files.ts";
import { readEncoderGraph } from "./encoder-graph.ts";
import { readFrame, readMostTokens, readPooling, readTokeniserFile } from "./encoder-settings.ts";
import { type EncoderTrial, tryEncoder } from "./try-encoder.ts";

/** Cloudflare refuses a static asset above 25 MiB. */
const MAX_MODEL_BYTES = 25 * 1024 * 1024;
/** The share of an isolate's 128 MB; the Worker, a request and the model's bytes while it loads need the rest. */
const MAX_ISOLATE_BYTES = 110_000_000;
/** Two texts of different meaning. */
const TRIAL_TEXTS = ["Where is my refund?", "The pizza was cold"] as const;

export interface UseEncoderOptions {
  readonly pooling?: Pooling | undefined;
  /** How loud the characters are beside the encoder, 0 for not at all. */
  readonly characters?: number | undefined;
  /** What it can read, as BCP 47 tags. */
  readonly languages?: readonly string[] | undefined;
  readonly licence?: string | undefined;
  readonly origin?: string | undefined;
}

export interface UsedEncoder extends PlacedTextBackbone {
  /** What was found and what was assumed, as sentences. */
  readonly notes: readonly string[];
}

/** `wanted` is a folder or an address; `folder` is where it is placed. Throws `CommandError` with the reason. */
export async function useEncoder(wanted: string, folder: string, options: UseEncoderOptions): Promise<UsedEncoder> {
  const files = await readEncoderFiles(wanted);
  requireFittingFile(files);
  const notes = [`Read ${files.modelFile} of ${files.place}.`];
  const tokeniserFile = readTokeniserFile(files.tokenizer);
  const ends = describeEnds(files, readFrame(tokeniserFile), options, notes);
  const maxTokens = readMostTokens(files, tokeniserFile) - frameLength(ends);
  if (maxTokens < 1) throw new CommandError("The tokenizer's special tokens leave no room for a text.");
  const tokenise = createTokeniser(tokeniserFile);
  const [one, other] = TRIAL_TEXTS.map((text) => [...tokenise(text).ids].slice(0, maxTokens));
  const trial = await tryEncoder(files.model, ends, [one, other], maxTokens);
  requireFittingMemory(files, trial);
  notes.push(`It takes ${mega(trial.wasmBytes)} of wasm memory on ${maxTokens} tokens.`);
  const manifest = describe(files, { ends, maxTokens, trial }, options, notes);
  const placed = await placeTextBackbone(folder, { model: files.model, tokenizer: files.tokenizer, manifest });
  return { ...placed, notes };
}

function describeEnds(
  files: EncoderFiles,
  frame: { readonly before: number[]; readonly after: number[] },
  { pooling }: UseEncoderOptions,
  notes: string[],
): TokenEnds {
  const { input, output, isPerToken } = readEncoderGraph(files.model);
  const hasFrame = frame.before.length + frame.after.length > 0;
  const framed = { ...input, ...(hasFrame && { frame }) };
  if (!isPerToken) return { input: framed, output: { name: output } };
  const known = pooling ?? readPooling(files);
  if (known === null) notes.push("Assumed: --pooling mean. The wrong one costs accuracy silently.");
  return { input: framed, output: { name: output, pooling: known ?? "mean" } };
}

function frameLength({ input: { frame } }: TokenEnds): number {
  return frame === undefined ? 0 : frame.before.length + frame.after.length;
}

function requireFittingFile({ model, modelFile }: EncoderFiles): void {
  if (model.length <= MAX_MODEL_BYTES) return;
  const size = (model.length / 1024 / 1024).toFixed(1);
  throw new CommandError(
    `${modelFile} has ${size} MiB; a Worker's static asset may have 25. Use an encoder with int8 weights (model_quantized.onnx).`,
  );
}

function requireFittingMemory({ model }: EncoderFiles, { wasmBytes }: EncoderTrial): void {
  if (wasmBytes + model.length <= MAX_ISOLATE_BYTES) return;
  throw new CommandError(
    `The encoder takes ${mega(wasmBytes)} of memory, and ${mega(model.length)} more while it loads; beside the rest of the Worker ` +
      `${mega(MAX_ISOLATE_BYTES)} fit an isolate. Use a smaller one.`,
  );
}

function mega(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}

interface Findings {
  readonly ends: TokenEnds;
  readonly maxTokens: number;
  readonly trial: EncoderTrial;
}

function describe(
  { model, tokenizer, name, place }: EncoderFiles,
  { ends, maxTokens, trial }: Findings,
  { characters = USUAL_CHARACTERS, languages, licence, origin }: UseEncoderOptions,
  notes: string[],
): TextManifest {
  const blocks = joinedBlocks(trial.dimension, characters);
  const input = { ...ends.input, maxTokens };
  if (languages === undefined)
    notes.push(
      "Not said: --languages en,de (what it reads). Of items' translated names, those in these languages are learnt from; without a word all are.",
    );
  if (licence === undefined) notes.push("Not said: --licence.");
  return describeTextBackbone(
    { model, tokenizer },
    {
      name,
      input,
      output: { ...ends.output, blocks },
      languages: [...(languages ?? ["und"])],
      licence: licence ?? "unknown",
      origin: origin ?? place,
    },
    [ends.input, ends.output],
  );
}
