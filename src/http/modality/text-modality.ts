/** Texts: UTF-8, known by a keyed hash. Their preview is their beginning, which the server makes itself. */

import type { Context } from "hono";
import type { Caller } from "../../application/caller.ts";
import type { SentSample } from "../../application/sample.ts";
import type { ServiceManifest } from "../../backbone/service-manifest.ts";
import type { TextReader } from "../../backbone/text-reader.ts";
import type { Services } from "../../services.ts";
import { readsTextsOnly } from "../../shared/english/inputs.ts";
import { err, ok } from "../../shared/result.ts";
import { languageOf } from "../../text/language.ts";
import { MAX_TEXT_CHARACTERS } from "../../text/normalise-text.ts";
import type { AppEnv } from "../app-env.ts";
import { callerOf } from "../caller.ts";
import { readUrlEncoded } from "../request-body.ts";
import { copyText, embedText, findTextId, identifyTextMessage } from "./embed-text.ts";
import type { Modality } from "./modality.ts";
import { MAX_FORM_BYTES, readSentTexts, writtenSchema } from "./text-body.ts";

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
