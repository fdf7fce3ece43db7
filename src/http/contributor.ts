/**
 * Who sent a label: staff with the admin token or through Cloudflare Access, a key under its id, or a guest under a pseudonym
 * that their network's address gives and cannot be read from.
 */
import type { Context } from "hono";
import { nameGuest } from "../shared/contributor.ts";
import { deriveKey } from "../shared/derived-key.ts";
import { STAFF } from "../store/labels.ts";
import type { AppEnv } from "./app-env.ts";
import { readClientNetwork } from "./client-network.ts";

/** The name under which this request's label is stored; the same as long as network and `RECEIPT_SECRET` are. */
export async function readContributor(c: Context<AppEnv>): Promise<string> {
  const identity = c.get("identity");
  if (identity !== null) return identity.kind === "key" ? identity.actor : STAFF;
  const { network, site } = readClientNetwork(c.req.header("cf-connecting-ip"));
  const key = await pseudonymKey(c.get("services").config.receiptSecret);
  const [siteHash, networkHash] = await Promise.all([hash(`site ${site}`, key), hash(`network ${network}`, key)]);
  return nameGuest(siteHash, networkHash);
}

/** A key of its own, so that neither a receipt nor a pseudonym helps against the other. */
function pseudonymKey(secret: string): Promise<CryptoKey> {
  return deriveKey(secret, "headstart contributor 1", { name: "HMAC", hash: "SHA-256" }, ["sign"]);
}

async function hash(text: string, key: CryptoKey): Promise<string> {
  return new Uint8Array(await crypto.subtle.sign("HMAC", key, new TextEncoder().encode(text))).toHex();
}
