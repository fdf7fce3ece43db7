/** Texts: UTF-8, known by a keyed hash. Their preview is their beginning, which the server makes itself. */
import type { Context } from "hono";
import { z } from "zod";
import type { Caller } from "../../application/caller.ts";
import type { SentSample } from "../../application/sample.ts";
import type { ServiceManifest } from "../../backbone/manifest.ts";
import type { TextReader } from "../../backbone/text-reader.ts";
import { TOKEN_NAME } from "../../operations/common.ts";
import { MAX_TEXT_BATCH_BYTES, sentText, textBatchSchema } from "../../operations/sample-fields.ts";
import type { Services } from "../../services.ts";
import { entryNoText, readsTextsOnly, textNotUtf8 } from "../../shared/english/inputs.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { languageOf } from "../../text/language.ts";
import { MAX_TEXT_CHARACTERS } from "../../text/read-text.ts";
import { callerOf } from "../access/caller.ts";
import type { AppEnv } from "../app-env.ts";
import { isJson, mediaType, readBytes, readJson, readUrlEncoded } from "../body/request-body.ts";
import { copyText, embedText, findTextId, identifyTextMessage } from "./embed-text.ts";
import type { Modality } from "./modality.ts";

/* The texts that a request carries: one as a plain body, one or a list as JSON. */

/** A text at the limit in the script that takes the most bytes. */
const MAX_TEXT_BYTES = 4 * MAX_TEXT_CHARACTERS;

/** The form of the guests' page; the human check's field is among its fields where the deployment has one. */
const writtenSchema = z.object({ [TOKEN_NAME]: z.string().optional(), text: sentText });
/** A text at the limit, each letter of which takes nine characters in a form; and its receipt. */
export const MAX_FORM_BYTES = 256 * 1024;

/** True where the body is text or says nothing of what it is. */
function isPlainText(c: Context<AppEnv>): boolean {
  const type = mediaType(c);
  return type === "" || type === "text/plain";
}

/** What each row sent, or why that is not a text. */
interface SentTexts {
  readonly isList: boolean;
  readonly rows: readonly Result<string, Problem>[];
}

/** `unsupported_media_type` for what is neither plain text nor JSON, `bad_request` for what is not UTF-8 and for a list that is too long. */
async function readSentTexts(c: Context<AppEnv>): Promise<Result<SentTexts, Problem>> {
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

/** As guests are told it. */
const SERVICE_NAMES: Readonly<Record<ServiceManifest["service"], string>> = { "workers-ai": "Cloudflare Workers AI" };

/** For a deployment whose backbone reads texts. */
export function createTextModality(services: Services, reader: TextReader): Modality {
  const { manifest } = reader;
  const { receiptSecret } = services.config;

  function take(caller: Caller, text: string): SentSample {
    const identify = () => findTextId(reader, text, receiptSecret);
    const embed: SentSample["embed"] = (wish) => embedText(services, reader, caller, text, wish);
    return { name: "", language: languageOf(text), identify, embed };
  }

  async function readSent(c: Context<AppEnv>) {
    const sent = await readSentTexts(c);
    if (!sent.ok) return sent;
    const caller = callerOf(c);
    const { isList, rows } = sent.value;
    return ok({ isList, rows: rows.map((row) => (row.ok ? ok(take(caller, row.value)) : row)), fields: {} });
  }

  return {
    reads: "texts",
    backboneId: manifest.id,
    handsOnTo: "service" in manifest ? SERVICE_NAMES[manifest.service] : null,
    languages: manifest.languages,
    previewField: "text",
    exportsPreviews: false,
    previewsSuspects: true,
    goesByDescriptions: true,
    joinsSamples: false,
    limits: { maxTextCharacters: MAX_TEXT_CHARACTERS },
    warmUp: reader.warmUp,
    readQuestion: readSent,
    readSent,
    async readExamples(c) {
      const sent = await readSent(c);
      return sent.ok ? ok({ ...sent.value, isList: true }) : sent; // -- a refused text is a row of the answer, be it alone
    },
    async readForm(c) {
      const form = await readUrlEncoded(c, writtenSchema, MAX_FORM_BYTES);
      if (!form.ok) return form;
      const { text, ...fields } = form.value;
      return ok({ sample: take(callerOf(c), text), fields, text });
    },
    takeTexts: (caller, texts) => ok(texts.map((text) => take(caller, text))),
    identifyMessage: (message) => identifyTextMessage(message, receiptSecret),
    async readPreview({ text, thumbnail }, sampleId) {
      if (thumbnail !== undefined) return err(readsTextsOnly());
      return text === undefined ? ok(null) : copyText(reader, text, sampleId, receiptSecret);
    },
  };
}
