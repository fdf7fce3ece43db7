/** Guests of a deployment under test: requests from an address, and corrections by the receipt of a real answer. */
import { env } from "cloudflare:workers";
import { deriveReceiptKey, openReceipt, sealReceipt } from "../../src/application/receipt.ts";
import { makePhoto } from "./photos.ts";
import { type Answer, json, multipart, rawPhoto, resetDatabase, send, sendAsAdmin } from "./worker-client.ts";

/** A request that reached Cloudflare from `address`. */
export function sendFrom(
  address: string,
  path: string,
  init: RequestInit<IncomingRequestCfProperties> = {},
  bindings: Env = env,
): Promise<Answer> {
  const headers = new Headers(init.headers);
  headers.set("cf-connecting-ip", address);
  return send(path, { ...init, headers }, bindings);
}

/** An answer as far as a correction needs it; the scores are best first. */
export interface Asked {
  readonly receipt: string;
  readonly predictions: readonly { readonly label: string; readonly name: string; readonly score: number }[];
}

/** Classifies a drawn photo. Throws when there is no answer. */
export function ask(kind: string, seed: number, bindings: Env = env, size = 128): Promise<Asked> {
  return askAbout(makePhoto(kind, seed, size), bindings);
}

/** Classifies any photo. Throws when there is no answer. */
export async function askAbout(photo: Uint8Array<ArrayBuffer>, bindings: Env = env): Promise<Asked> {
  const { status, body } = await send("/v1/classify", rawPhoto(photo), bindings);
  if (status !== 200) throw new Error(`classify answered ${status}: ${JSON.stringify(body)}`);
  return { receipt: String(body.receipt), predictions: body.predictions as Asked["predictions"] };
}

/** The guest at `address`, who has asked about the photo of this answer too, says that it shows `label`. */
export async function correct(address: string, asked: Asked, label: string, bindings: Env = env): Promise<Answer> {
  const receipt = await receiptForAnother(asked);
  return sendFrom(address, "/v1/labels", json({ receipt, label }), bindings);
}

/** The receipt that somebody else gets who asks about the same photo. */
async function receiptForAnother({ receipt }: Asked): Promise<string> {
  const key = await deriveReceiptKey(env.RECEIPT_SECRET);
  const opened = await openReceipt(receipt, key, 0);
  if (!opened.ok) throw new Error(opened.error.detail);
  return sealReceipt(opened.value, key);
}

/** Teaches three items, trains, and asks about three photos of Pepperoni and one of Margherita. */
export async function askAboutSmallMenu(): Promise<{ right: Asked[]; other: Asked }> {
  await resetDatabase();
  for (const id of ["pepperoni", "hawaiian", "margherita"]) await teachItem(id, 6);
  await sendAsAdmin("/v1/admin/training-runs", { method: "POST" });
  const right = [];
  for (const seed of [100, 101, 102]) right.push(await ask("pepperoni", seed));
  return { right, other: await ask("margherita", 101) }; // not seed 100, which the backbone takes for one of Pepperoni's
}

/** Puts an item on the menu with `count` drawn photos of it. Throws when one of them is refused. */
export async function teachItem(id: string, count: number): Promise<void> {
  await sendAsAdmin("/v1/admin/classes", json({ name: id, id }));
  const photos = Object.fromEntries(Array.from({ length: count }, (_, i) => [`${i}.png`, makePhoto(id, i, 128)]));
  const { body } = await sendAsAdmin(`/v1/admin/classes/${id}/examples`, multipart(photos));
  if (body.stored !== count) throw new Error(`photos of ${id} were refused: ${JSON.stringify(body)}`);
}

/** Back to what staff taught: no correction, and no example that came of one. */
export async function forgetCorrections(): Promise<void> {
  const statements = ["DELETE FROM reviews", "DELETE FROM examples WHERE source IN ('guest', 'auto')"];
  await env.DB.batch(statements.map((sql) => env.DB.prepare(sql)));
}
