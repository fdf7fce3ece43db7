/**
 * From a text in a request to an embedding, for every route that takes texts. The text itself is not kept: it is known by an HMAC under
 * a key of the deployment, since the plain hash of a short text is found by trying.
 */

import type { Caller } from "../../application/caller.ts";
import { type Embedded, type EmbedWish, NOTHING_KEPT } from "../../application/sample.ts";
import type { TextReader } from "../../backbone/text-reader.ts";
import type { Services } from "../../services.ts";
import { deriveKey } from "../../shared/derived-key.ts";
import { textOfAnotherReceipt } from "../../shared/english/inputs.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { nameOriginal, type SentOriginal } from "../../store/pictures/originals.ts";
import { previewText } from "../../text/text-preview.ts";

/** `empty_body`, `body_too_large` and the problems of the backbone. */
export async function embedText(
  { config, recentEmbeddings }: Services,
  reader: TextReader,
  { keepAlive }: Pick<Caller, "keepAlive">,
  raw: string,
  wish: EmbedWish = NOTHING_KEPT,
): Promise<Result<Embedded, Problem>> {
  const text = reader.normalise(raw);
  if (!text.ok) return text;
  const sampleId = await identifyText(text.value, config.receiptSecret);
  const preview = previewText(text.value);
  const copy = async () => preview;
  const example = {
    sampleId,
    backboneId: reader.manifest.id,
    origin: "server" as const,
    ...(wish.picture ? { picture: preview } : {}),
    ...(wish.original ? { original: await toOriginal(config.receiptSecret, sampleId, text.value) } : {}),
  };
  const known = recentEmbeddings.find(sampleId, example.backboneId);
  const isUnread = await reader.knowsNothingOf(text.value);
  if (known !== undefined) return ok({ sample: { ...example, embedding: known }, preview, copy, isUnread });
  const turn = reader.embed(text.value);
  // The queue is shared by all requests of the isolate: this one's turn must end well even if its sender hangs up.
  keepAlive(turn);
  const embedding = await turn;
  if (!embedding.ok) return embedding;
  recentEmbeddings.remember(sampleId, example.backboneId, embedding.value);
  return ok({ sample: { ...example, embedding: embedding.value }, preview, copy, isUnread });
}

async function toOriginal(secret: string, sampleId: string, text: string): Promise<SentOriginal> {
  const bytes = Uint8Array.from(new TextEncoder().encode(text));
  return { key: await nameOriginal(secret, sampleId), type: "text/plain; charset=utf-8", bytes };
}

/** The copy of the very text that `sampleId` stands for: `bad_request` where it is another one. */
export async function copyText(
  reader: TextReader,
  raw: string,
  sampleId: string,
  secret: string,
): Promise<Result<string, Problem>> {
  const text = reader.normalise(raw);
  if (!text.ok) return text;
  if ((await identifyText(text.value, secret)) === sampleId) return ok(previewText(text.value));
  return err(textOfAnotherReceipt());
}

/** By what a text is known; null of one that cannot be read. */
export async function findTextId(reader: TextReader, raw: string, secret: string): Promise<string | null> {
  const text = reader.normalise(raw);
  return text.ok ? identifyText(text.value, secret) : null;
}

/** The id of an embedding that a device made of a text. Its plain hash would not do: whoever tries texts could find it. */
export async function identifyTextMessage(message: Uint8Array<ArrayBuffer>, secret: string): Promise<string> {
  return sign(message, "headstart text message 1", secret);
}

/** By its normalised form. */
function identifyText(text: string, secret: string): Promise<string> {
  return sign(new TextEncoder().encode(text), "headstart text 1", secret);
}

/** HMAC-SHA-256, hex, under a key of its own for each purpose. */
async function sign(bytes: BufferSource, purpose: string, secret: string): Promise<string> {
  const key = await deriveKey(secret, purpose, { name: "HMAC", hash: "SHA-256" }, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, bytes)).toHex();
}
