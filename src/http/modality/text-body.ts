/** The texts that a request carries: one as a plain body, one or a list as JSON. */

import type { Context } from "hono";
import { z } from "zod";
import { TOKEN_NAME } from "../../operations/common.ts";
import { MAX_TEXT_BATCH_BYTES, sentText, textBatchSchema } from "../../operations/text-fields.ts";
import { entryNoText, readsTextsOnly, textNotUtf8 } from "../../shared/english/inputs.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { MAX_TEXT_CHARACTERS } from "../../text/normalise-text.ts";
import type { AppEnv } from "../app-env.ts";
import { isJson, mediaType, readBytes, readJson } from "../request-body.ts";

/** A text at the limit in the script that takes the most bytes. */
const MAX_TEXT_BYTES = 4 * MAX_TEXT_CHARACTERS;

/** The form of the guests' page; the human check's field is among its fields where the deployment has one. */
export const writtenSchema = z.object({ [TOKEN_NAME]: z.string().optional(), text: sentText });
/** A text at the limit, each letter of which takes nine characters in a form; and its receipt. */
export const MAX_FORM_BYTES = 256 * 1024;

/** True where the body is text or says nothing of what it is. */
function isPlainText(c: Context<AppEnv>): boolean {
  const type = mediaType(c);
  return type === "" || type === "text/plain";
}

/** Of each row what was sent, or why it is not a text. */
interface SentTexts {
  readonly isList: boolean;
  readonly rows: readonly Result<string, Problem>[];
}

/** `unsupported_media_type` for what is neither plain text nor JSON, `bad_request` for what is not UTF-8 and for a list that is too long. */
export async function readSentTexts(c: Context<AppEnv>): Promise<Result<SentTexts, Problem>> {
  if (isPlainText(c)) {
    const plain = await readPlainText(c);
    return plain.ok ? ok({ isList: false, rows: [plain] }) : plain;
  }
  if (!isJson(c)) return err(readsTextsOnly());
  const body = await readJson(c, textBatchSchema, MAX_TEXT_BATCH_BYTES);
  if (!body.ok) return body;
  const { text } = body.value;
  return ok(typeof text === "string" ? { isList: false, rows: [ok(text)] } : { isList: true, rows: text.map(readRow) });
}

function readRow(row: unknown): Result<string, Problem> {
  return typeof row === "string" ? ok(row) : err(entryNoText());
}

async function readPlainText(c: Context<AppEnv>): Promise<Result<string, Problem>> {
  const bytes = await readBytes(c, MAX_TEXT_BYTES);
  if (!bytes.ok) return bytes;
  try {
    return ok(new TextDecoder("utf-8", { fatal: true, ignoreBOM: false }).decode(bytes.value));
  } catch {
    return err(textNotUtf8());
  }
}
