/** Which deployment a command talks to, and with which key. */
import { readText } from "../backbone/placed-backbone.ts";
import { parseDotenv } from "../dev/local-secrets.ts";
import { findServedSecrets } from "../dev/served-ports.ts";
import { CommandError, EXIT } from "./command.ts";
import { DEV_VARS_FILE } from "./project-paths.ts";
import { readLogins, type SavedLogins } from "./saved-logins.ts";

/** Where `npm start` serves. */
export const DEFAULT_URL = "http://127.0.0.1:8787";
const LOOPBACK_HOSTS = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** What a person says of it on the command line. */
export interface DeploymentFlags {
  readonly url?: string;
  readonly key?: string;
  /** The name of a saved login. */
  readonly on?: string;
}

export interface Deployment {
  /** Without a slash at the end. */
  readonly url: string;
  /** Null where there is none: the command asks as a guest. */
  readonly key: string | null;
}

/**
 * The address: --url, --on, HEADSTART_URL, the current login, the local server. The key: --key, that login's where --on
 * named it, HEADSTART_KEY, the key saved for this very address, the local admin token. A saved key or the local token never
 * goes to another address. Throws `CommandError` for an address on which the key would travel in the clear.
 */
export async function findDeployment(flags: DeploymentFlags, env = process.env): Promise<Deployment> {
  if (flags.key !== undefined) {
    console.error(
      "Warning: --key is visible to every user of this machine. HEADSTART_KEY or `headstart login` is not.",
    );
  }
  const logins = await readLogins(env);
  const named = flags.on === undefined ? undefined : requireLogin(logins, flags.on);
  const current = logins.current === null ? undefined : logins.deployments[logins.current];
  const { url, isLocal } = checkUrl(flags.url ?? named?.url ?? (env.HEADSTART_URL || current?.url) ?? DEFAULT_URL);
  const fitting = named?.url === url ? named : undefined;
  const saved = [current, ...Object.values(logins.deployments)].find((login) => login?.url === url);
  const given = flags.key ?? fitting?.key ?? (env.HEADSTART_KEY || saved?.key);
  return { url, key: given ?? (isLocal ? await readLocalToken(url) : null) };
}

/** The same, for commands that no guest may use. Throws `CommandError` where there is no key. */
export async function requireDeployment(flags: DeploymentFlags): Promise<Deployment & { readonly key: string }> {
  const { url, key } = await findDeployment(flags);
  if (key !== null) return { url, key };
  throw new CommandError(
    `There is no key for ${url}: run \`headstart login ${url}\`, or set HEADSTART_KEY. For a local server run \`npm start\` first.`,
    EXIT.refused,
  );
}

/** The address without what does not belong to it. Throws `CommandError` unless it is https or this machine. */
export function checkUrl(text: string): { readonly url: string; readonly isLocal: boolean } {
  const parsed = URL.parse(text);
  const isLocal = parsed !== null && LOOPBACK_HOSTS.has(parsed.hostname);
  if (parsed !== null && (parsed.protocol === "https:" || (parsed.protocol === "http:" && isLocal))) {
    return { url: `${parsed.origin}${parsed.pathname.replace(/\/+$/, "")}`, isLocal };
  }
  throw new CommandError(`${text} is not an https address; the key would travel in the clear.`, EXIT.usage);
}

function requireLogin(logins: SavedLogins, name: string) {
  const login = Object.hasOwn(logins.deployments, name) ? logins.deployments[name] : undefined;
  if (login !== undefined) return login;
  const known = Object.keys(logins.deployments).join(", ") || "none";
  throw new CommandError(`No login is called "${name}". There are: ${known}.`, EXIT.usage);
}

/** The key of the server that `npm start` runs at this address, otherwise of the checkout's own. */
async function readLocalToken(url: string): Promise<string | null> {
  const file = (await findServedSecrets(Number(new URL(url).port))) ?? DEV_VARS_FILE;
  return parseDotenv((await readText(file)) ?? "").get("ADMIN_TOKEN") ?? null;
}
