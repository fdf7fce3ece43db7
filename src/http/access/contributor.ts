/**
 * Who sent a label: staff with the admin token or through Cloudflare Access, a key under its id, or a guest under a pseudonym
 * that their network's address gives and cannot be read from.
 */
import type { Context } from "hono";
import { nameGuest } from "../../shared/contributor.ts";
import { deriveKey } from "../../shared/derived-key.ts";
import { STAFF } from "../../store/labels/labels.ts";
import type { AppEnv } from "../app-env.ts";

/*
 * From a client's address to the network that counts as one source, and to the site around it. An IPv4 address is a
 * network of its own, an IPv6 one shares its /64: a device draws new addresses in it at will. The site is the /24 or the
 * /48, which is what one customer of a provider may hold. Pure.
 */

/** Both are texts to be hashed, never stored or shown. */
interface ClientNetwork {
  readonly network: string;
  readonly site: string;
  /** Whether one customer holds the whole site: of IPv6. The neighbours of an IPv4 address are strangers. */
  readonly isSiteOfOne: boolean;
}

const IPV4 = /^(\d{1,3})\.(\d{1,3})\.(\d{1,3})\.(\d{1,3})$/;
const MAPPED_IPV4 = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i;
const GROUPS = 8;

/** Reads the address in `CF-Connecting-IP`. Absent it is local; all that cannot be read count as one network. */
export function readClientNetwork(address: string | undefined): ClientNetwork {
  if (address === undefined) return { network: "local", site: "local", isSiteOfOne: false };
  const text = MAPPED_IPV4.exec(address)?.[1] ?? address;
  if (IPV4.test(text)) {
    return { network: text, site: `${text.split(".").slice(0, 3).join(".")}.0/24`, isSiteOfOne: false };
  }
  const groups = expandIpv6(text);
  if (groups === null) return { network: "unreadable", site: "unreadable", isSiteOfOne: false };
  const [network, site] = [`${groups.slice(0, 4).join(":")}::/64`, `${groups.slice(0, 3).join(":")}::/48`];
  return { network, site, isSiteOfOne: true };
}

/** The eight groups in hex without leading zeros, or null when this is no IPv6 address. */
function expandIpv6(address: string): string[] | null {
  const halves = address.split("::");
  const [head, tail] = halves.map((half) => (half === "" ? [] : half.split(":")));
  const missing = GROUPS - head.length - (tail?.length ?? 0);
  if (halves.length > 2 || (tail === undefined ? missing !== 0 : missing < 1)) return null;
  const groups = [...head, ...Array.from({ length: missing }, () => "0"), ...(tail ?? [])];
  if (!groups.every((group) => /^[0-9a-f]{1,4}$/i.test(group))) return null;
  return groups.map((group) => Number.parseInt(group, 16).toString(16));
}

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
