/** Which deployment a command talks to, and with which token. */
import { readText } from "../backbone/placed-backbone.ts";
import { parseDotenv } from "../dev/local-secrets.ts";
import { CommandError } from "./command.ts";
import { DEV_VARS_FILE } from "./project-paths.ts";

/** Where `npm start` serves. */
export const DEFAULT_URL = "http://127.0.0.1:8787";
const LOOPBACK_HOSTS = new Set(["127.0.0.1", "localhost", "[::1]"]);

/** What a person says of it on the command line. */
export interface DeploymentFlags {
  readonly url: string;
  readonly token?: string;
}

/** Its address and its admin token. Throws `CommandError` where the token is missing or would travel in the clear. */
export async function findDeployment(
  flags: DeploymentFlags,
): Promise<{ readonly url: string; readonly token: string }> {
  const { isLocal } = checkUrl(flags.url);
  return { url: flags.url.replace(/\/+$/, ""), token: await findToken(flags, isLocal) };
}

/** --token, then HEADSTART_TOKEN, then the local token, which is never sent to another machine. */
async function findToken(flags: DeploymentFlags, isLocal: boolean): Promise<string> {
  const given = flags.token ?? process.env.HEADSTART_TOKEN;
  if (given) return given;
  const local = isLocal ? parseDotenv((await readText(DEV_VARS_FILE)) ?? "").get("ADMIN_TOKEN") : undefined;
  if (local) return local;
  throw new CommandError(
    isLocal
      ? "There is no admin token yet: start the Worker once with `npm start`, or give --token."
      : "Give the deployment's admin token with --token or in HEADSTART_TOKEN.",
  );
}

function checkUrl(text: string): { isLocal: boolean } {
  const url = URL.parse(text);
  const isLocal = url !== null && LOOPBACK_HOSTS.has(url.hostname);
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isLocal)) return { isLocal };
  throw new CommandError(`--url ${text} is not an https address; the admin token would travel in the clear.`);
}
