/** The one text that a request carries: as a plain body, or as JSON beside other fields. */
import type { Context } from "hono";
import { z } from "zod";
import { type Problem, problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { MAX_TEXT_CHARACTERS } from "../text/normalise-text.ts";
import type { AppEnv } from "./app-env.ts";
import { whenMissing } from "./field-faults.ts";
import { contentType, readBytes, readJson } from "./request-body.ts";

/** A text at the limit in the script that takes the most bytes. */
const MAX_TEXT_BYTES = 4 * MAX_TEXT_CHARACTERS;
export const MAX_TEXTS_PER_REQUEST = 64;
/** Of all texts of a request together, as JSON. */
export const MAX_TEXT_BATCH_BYTES = 1024 * 1024;
const ADVICE = 'Send text/plain in UTF-8, or JSON { "text": "..." }.';

/** Its length is checked where it is normalised. */
export const sentText = z.string({ error: whenMissing("send the text") });
export const textSchema = z.strictObject({ text: sentText });
export const textBatchSchema = z.strictObject({
  text: z.union([z.string(), z.array(z.string()).min(1).max(MAX_TEXTS_PER_REQUEST)], {
    error: `send a text, or up to ${MAX_TEXTS_PER_REQUEST} in a list`,
  }),
});

/** What a deployment that reads texts says to a photo. */
export function readsTextsOnly(): Problem {
  return problem("unsupported_media_type", `This deployment reads texts, not photos. ${ADVICE}`);
}

/** And what one that reads photos says to a text. */
export function readsPhotosOnly(): Problem {
  return problem(
    "unsupported_media_type",
    "This deployment reads photos, not texts. Send a JPEG, PNG, WebP or GIF file.",
  );
}

/** True where the body is text or says nothing of what it is. */
export function isPlainText(c: Context<AppEnv>): boolean {
  const type = contentType(c).split(";")[0].trim().toLowerCase();
  return type === "" || type === "text/plain";
}

function isJson(c: Context<AppEnv>): boolean {
  return /^application\/([\w.+-]+\+)?json$/i.test(contentType(c).split(";")[0].trim());
}

/** `unsupported_media_type` for what is neither plain text nor JSON, `bad_request` for what is not UTF-8. */
export async function readTextBody(c: Context<AppEnv>): Promise<Result<string, Problem>> {
  if (isPlainText(c)) return readPlainText(c);
  if (!isJson(c)) return err(readsTextsOnly());
  const body = await readJson(c, textSchema);
  return body.ok ? ok(body.value.text) : body;
}

/** One text, or up to 64 in the field `text` of JSON. */
export async function readTextBatch(c: Context<AppEnv>): Promise<Result<readonly string[], Problem>> {
  if (!isJson(c)) {
    const text = await readTextBody(c);
    return text.ok ? ok([text.value]) : text;
  }
  const body = await readJson(c, textBatchSchema, MAX_TEXT_BATCH_BYTES);
  return body.ok ? ok([body.value.text].flat()) : body;
}

async function readPlainText(c: Context<AppEnv>): Promise<Result<string, Problem>> {
  const bytes = await readBytes(c, MAX_TEXT_BYTES);
  if (!bytes.ok) return bytes;
  try {
    return ok(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes.value));
  } catch {
    return err(problem("bad_request", `The text is not UTF-8. ${ADVICE}`));
  }
}
