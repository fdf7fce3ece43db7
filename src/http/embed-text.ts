/**
 * From a text in a request to an embedding, for every route that takes texts. The text itself is not kept: it is known by an HMAC under
 * a key of the deployment, since the plain hash of a short text is found by trying.
 */
import type { Context } from "hono";
import type { TextReader } from "../backbone/text-reader.ts";
import type { Problem } from "../shared/problem.ts";
import { ok, type Result } from "../shared/result.ts";
import type { EmbeddedSample } from "../store/labels.ts";
import type { AppEnv } from "./app-env.ts";
import { deriveKey } from "./derived-key.ts";

/** `empty_body`, `body_too_large` and the problems of the backbone. */
export async function embedText(
  c: Context<AppEnv>,
  reader: TextReader,
  raw: string,
): Promise<Result<EmbeddedSample, Problem>> {
  const { config, recentEmbeddings } = c.get("services");
  const text = reader.normalise(raw);
  if (!text.ok) return text;
  const sampleId = await identifyText(text.value, config.receiptSecret);
  const example = { sampleId, backboneId: reader.manifest.id, origin: "server" } as const;
  const known = recentEmbeddings.find(sampleId, example.backboneId);
  if (known !== undefined) return ok({ ...example, embedding: known });
  const turn = reader.embed(text.value);
  // The queue is shared by all requests of the isolate: this one's turn must end well even if its sender hangs up.
  c.executionCtx.waitUntil(turn);
  const embedding = await turn;
  if (!embedding.ok) return embedding;
  recentEmbeddings.remember(sampleId, example.backboneId, embedding.value);
  return ok({ ...example, embedding: embedding.value });
}

/** By what a text is known; null of one that cannot be read. */
export async function findTextId(c: Context<AppEnv>, reader: TextReader, raw: string): Promise<string | null> {
  const text = reader.normalise(raw);
  return text.ok ? identifyText(text.value, c.get("services").config.receiptSecret) : null;
}

/** HMAC-SHA-256 of a normalised text, hex. */
export async function identifyText(text: string, secret: string): Promise<string> {
  const key = await deriveKey(secret, "headstart text 1", { name: "HMAC", hash: "SHA-256" }, ["sign"]);
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text))).toHex();
}
