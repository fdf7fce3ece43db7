/** A photo that comes as text: base64 in JSON, as clients of Hugging Face send it, or a data URL, as a canvas writes it. */

import { addressNotFetched, brokenBase64, noBase64Field } from "../../shared/english/inputs.ts";
import { readsPhotosOnly } from "../../shared/english/photos.ts";
import { brokenJson } from "../../shared/english/requests.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";

const DATA_URL = /^data:[^,]*;base64,/i;

/** True for bytes that begin as JSON's objects or data URLs do, which no format of photos does. */
export function isPhotoText(bytes: Uint8Array): boolean {
  const start = new TextDecoder().decode(bytes.subarray(0, 64)).trimStart().toLowerCase();
  return start.startsWith("{") || start.startsWith("data:");
}

/** The photo's bytes, out of `{ "inputs": "..." }` or a data URL. Error: `bad_request`, and `unsupported_media_type` for a text. */
export function readPhotoText(bytes: Uint8Array): Result<Uint8Array<ArrayBuffer>, Problem> {
  const text = new TextDecoder().decode(bytes).trim();
  if (!text.startsWith("{")) return decodeBase64(text);
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch {
    return err(brokenJson());
  }
  const fields = typeof body === "object" && body !== null ? body : {};
  const inputs = "inputs" in fields ? fields.inputs : undefined;
  if (inputs === undefined && "text" in fields) return err(readsPhotosOnly());
  if (typeof inputs !== "string") return err(noBase64Field());
  return decodeBase64(inputs);
}

/** The bytes of base64 text in either alphabet, with or without a data URL's beginning. Error: `bad_request`. */
export function decodeBase64(text: string): Result<Uint8Array<ArrayBuffer>, Problem> {
  if (/^https?:/i.test(text)) return err(addressNotFetched());
  const base64 = text.replace(DATA_URL, "");
  const alphabet = /[-_]/.test(base64) ? "base64url" : "base64";
  try {
    return ok(Uint8Array.fromBase64(base64, { alphabet }));
  } catch {
    return err(brokenBase64());
  }
}
