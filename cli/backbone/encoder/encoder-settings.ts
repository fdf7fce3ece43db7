/** How an encoder wants to be read: pooling, longest text, special tokens. From the files beside it; otherwise assumed, and said. */
import { Tokenizer } from "@huggingface/tokenizers";
import { z } from "zod";
import type { Pooling } from "../../../src/backbone/pool-tokens.ts";
import type { TokeniserFile } from "../../../src/text/tokeniser.ts";
import { CommandError, reasonOf } from "../../shared/command.ts";
import type { EncoderFiles } from "./encoder-files.ts";

/** Longer windows cost an isolate time and memory by their square; windows are averaged anyway. */
const MOST_TOKENS = 256;
/** What every encoder for sentences takes. */
const USUAL_TOKENS = 128;

const poolingSchema = z.object({
  pooling_mode_mean_tokens: z.boolean().optional(),
  pooling_mode_cls_token: z.boolean().optional(),
});
const length = z.number().int().positive();
const sentenceSchema = z.object({ max_seq_length: length });
const tokenizerConfigSchema = z.object({ model_max_length: length.max(1e6) });
const truncationSchema = z.object({ truncation: z.object({ max_length: length }) });
const tokeniserFileSchema = z.looseObject({ model: z.looseObject({ unk_id: z.number().nullish() }) });

/** Special tokens around a text. */
export interface Frame {
  readonly before: number[];
  readonly after: number[];
}

/** Throws `CommandError` where the file is no `tokenizer.json`, or of a kind that the library does not read. */
export function readTokeniserFile(text: string): TokeniserFile {
  try {
    const file = tokeniserFileSchema.parse(JSON.parse(text));
    new Tokenizer(file, {}).encode("a");
    return { ...file, model: { ...file.model, unk_id: file.model.unk_id ?? null } };
  } catch (cause) {
    throw new CommandError(`The tokenizer.json cannot be used: ${reasonOf(cause)}.`);
  }
}

/** What the tokenizer puts around a text. */
export function readFrame(file: TokeniserFile): Frame {
  const tokenizer = new Tokenizer(file, {});
  const bare = tokenizer.encode("a", { add_special_tokens: false }).ids;
  const framed = tokenizer.encode("a").ids;
  const from = framed.findIndex((_, i) => bare.every((id, j) => framed[i + j] === id));
  if (from < 0) throw new CommandError("The tokenizer's special tokens do not stand around the text.");
  return { before: framed.slice(0, from), after: framed.slice(from + bare.length) };
}

/** Tokens in one run, frame included: the least that a file names, `USUAL_TOKENS` where none does. */
export function readMostTokens({ sentenceConfig, tokenizerConfig }: EncoderFiles, file: TokeniserFile): number {
  const all = [
    sentenceSchema.safeParse(sentenceConfig).data?.max_seq_length,
    tokenizerConfigSchema.safeParse(tokenizerConfig).data?.model_max_length,
    truncationSchema.safeParse(file).data?.truncation.max_length,
  ];
  const named = all.filter((tokens) => tokens !== undefined);
  return named.length === 0 ? USUAL_TOKENS : Math.min(MOST_TOKENS, ...named);
}

/** `null` where no file says it. Throws `CommandError` for a pooling that is not known here. */
export function readPooling({ poolingConfig }: EncoderFiles): Pooling | null {
  const config = poolingSchema.safeParse(poolingConfig);
  if (!config.success) return null;
  if (config.data.pooling_mode_mean_tokens) return "mean";
  if (config.data.pooling_mode_cls_token) return "cls";
  throw new CommandError("1_Pooling/config.json wants neither the mean nor the first token; only these are known.");
}
