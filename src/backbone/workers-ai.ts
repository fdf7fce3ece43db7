/**
 * Workers AI as a text backbone: the binding `AI`, whose model turns pieces of text into vectors. The request and the answer are as
 * Cloudflare's documentation has them (developers.cloudflare.com/workers-ai, `bge-m3` and "Errors"). What goes wrong is told by its
 * number alone, since a message of the service could hold what was written.
 */
import * as z from "zod";
import { findAiBinding, readErrorNumber, runModel } from "../shared/ai-binding.ts";
import { textTooLongForService } from "../shared/english/inputs.ts";
import {
  noServiceBinding,
  serviceFull,
  serviceOfAnotherLength,
  serviceRefused,
  serviceRefusedWithNumber,
  serviceSpent,
  serviceTooLate,
  serviceUnclear,
} from "../shared/english/versions.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { characterGrams } from "../text/grams.ts";
import { averageWindows, normaliseText, splitIntoWindows } from "../text/read-text.ts";
import type { ServiceManifest } from "./manifest.ts";
import { joinBlocks } from "./text-embedder.ts";
import type { TextReader } from "./text-reader.ts";

/** A classification waits no longer; the documentation promises no time. */
export const SERVICE_TIMEOUT_MS = 10_000;
/** After a failure nobody asks for so long: else every row of a list would wait for the same answer. Nothing is asked twice by itself. */
export const SERVICE_REST_MS = 5_000;

/** Vectors of pieces in their order, all of one length. */
export type EmbedPieces = (
  model: string,
  pieces: readonly string[],
) => Promise<Result<readonly Float32Array[], Problem>>;

const answerSchema = z.object({ data: z.array(z.array(z.number())) });

/** `signalEnd` ends a request that takes too long; `clock` gives ms. */
interface ServiceCallOptions {
  readonly signalEnd?: () => AbortSignal;
  readonly clock?: () => number;
}

/** Uses the binding of this environment; undefined where there is none. */
export function createServiceCall(
  env: object,
  { signalEnd = () => AbortSignal.timeout(SERVICE_TIMEOUT_MS), clock = Date.now }: ServiceCallOptions = {},
): EmbedPieces | undefined {
  const ai = findAiBinding(env);
  if (ai === undefined) return undefined;
  let failed: { readonly told: Problem; readonly at: number } | undefined;

  return async function embedPieces(model, pieces) {
    if (failed !== undefined && clock() < failed.at + SERVICE_REST_MS) return err(failed.told);
    const signal = signalEnd();
    try {
      const answer = await runModel(ai, model, { text: [...pieces], truncate_inputs: false }, signal);
      return readVectors(answer, pieces.length);
    } catch (cause) {
      const { number, told } = explainFailure(cause);
      console.error(JSON.stringify({ event: "workers_ai_failed", model, error: number }));
      failed = told.code === "body_too_large" ? undefined : { told, at: clock() };
      return err(told);
    }
  };
}

function readVectors(answer: unknown, pieces: number): Result<readonly Float32Array[], Problem> {
  const parsed = answerSchema.safeParse(answer);
  if (parsed.success && parsed.data.data.length === pieces) {
    return ok(parsed.data.data.map((vector) => Float32Array.from(vector)));
  }
  console.error(JSON.stringify({ event: "workers_ai_failed", error: "answer of another shape" }));
  return err(serviceUnclear());
}

const NO_ROOM: Problem = {
  ...serviceFull(),
  retryAfterSeconds: SERVICE_REST_MS / 1_000,
};
const TOO_LATE = serviceTooLate();

/** By the numbers of the documentation's table; an error's message begins with its number. */
const PROBLEMS: ReadonlyMap<string, Problem> = new Map([
  ["3040", NO_ROOM],
  ["3007", TOO_LATE],
  ["3008", TOO_LATE],
  ["3006", textTooLongForService()],
  ["3036", serviceSpent()],
]);

function explainFailure(cause: unknown): { readonly number: string; readonly told: Problem } {
  const { name, message } = cause instanceof Error ? cause : new Error(String(cause));
  if (name === "TimeoutError" || name === "AbortError") return { number: name, told: TOO_LATE };
  const number = readErrorNumber(message);
  if (number === undefined) return { number: name, told: serviceRefused() };
  return { number, told: PROBLEMS.get(number) ?? serviceRefusedWithNumber({ number }) };
}

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
