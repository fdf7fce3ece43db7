/**
 * The secrets of a local deployment, in the dotenv file that wrangler dev reads. Made once, readable by the owner only,
 * and kept: a new token would lock people out of what they have open, a new receipt secret would void their receipts.
 */
import { randomBytes } from "node:crypto";
import { chmod } from "node:fs/promises";
import { readText } from "../backbone/placed-backbone.ts";
import { replaceFile } from "../shared/replace.ts";

const SECRET_BYTES = 32;
const OWNER_ONLY = 0o600;

/** The Worker's secrets, by the names that wrangler.toml lists as required. */
export interface LocalSecrets {
  readonly ADMIN_TOKEN: string;
  readonly RECEIPT_SECRET: string;
}

/** 256 random bits, base64url. */
export function makeSecret(): string {
  return randomBytes(SECRET_BYTES).toString("base64url");
}

/** Reads the secrets and variables in `file`; adds the secrets that are missing, keeps every other line. */
export async function ensureLocalSecrets(file: string): Promise<LocalSecrets & Record<string, string>> {
  const text = (await readText(file)) ?? "";
  const present = parseDotenv(text);
  const ADMIN_TOKEN = present.get("ADMIN_TOKEN") || makeSecret();
  const RECEIPT_SECRET = present.get("RECEIPT_SECRET") || makeSecret();
  const missing = Object.entries({ ADMIN_TOKEN, RECEIPT_SECRET }).filter(([name]) => !present.get(name));
  if (missing.length > 0) {
    const start = text === "" || text.endsWith("\n") ? text : `${text}\n`;
    await replaceFile(file, start + formatDotenv(missing), OWNER_ONLY);
  } else {
    await chmod(file, OWNER_ONLY);
  }
  return { ...Object.fromEntries(present), ADMIN_TOKEN, RECEIPT_SECRET };
}

/** `NAME=value` lines; quotes around a value are dropped, the last of equal names counts. */
export function parseDotenv(text: string): Map<string, string> {
  const entries = Array.from(text.matchAll(/^\s*(?:export\s+)?([A-Za-z_]\w*)\s*=\s*(.*?)\s*$/gm));
  return new Map(entries.map(([, name = "", value = ""]) => [name, value.replace(/^(["'])(.*)\1$/, "$2")]));
}

/** Values must not contain line breaks or quotes. */
export function formatDotenv(entries: ReadonlyArray<readonly [string, string]>): string {
  return entries.map(([name, value]) => `${name}=${value}\n`).join("");
}
