/**
 * Which addresses the Worker may send to on its own. Whoever may make a webhook chooses an address, and the Worker must not become a way to
 * reach what only it can reach: so a receiver has a name in the public DNS, HTTPS and a usual port. Pure; what a name resolves to is not looked up.
 */
import { err, ok, type Result } from "./result.ts";

/**
 * Why an address is refused. `form`: not an absolute URL, or too long. `scheme`: not https. `credentials`: a user's name or password stands in it.
 * `port`: neither 443 nor 8443. `number`: an IP address in whatever notation. `name`: a name that is not public, or ends in a dot. `fragment`: what no server is sent.
 */
export type AddressFault = "form" | "scheme" | "credentials" | "port" | "number" | "name" | "fragment";

/** Of an address. */
export const MAX_ADDRESS_CHARACTERS = 500;

/** By `URL.port`, which is empty for the scheme's own. */
const PORTS: ReadonlySet<string> = new Set(["", "443", "8443"]);

/** Ends of names that never mean a machine in the public network (RFC 6761, 6762, 7686, 8375, 9476), and those that clouds use within. */
const PRIVATE_ENDS = [
  ...["localhost", "local", "internal", "intranet", "private", "corp", "home", "lan", "localdomain"],
  ...["home.arpa", "test", "example", "invalid", "onion", "alt", "arpa"],
];

/** Machines of this one alone, for a deployment under development. */
const LOOPBACK_HOSTS: ReadonlySet<string> = new Set(["localhost", "127.0.0.1", "[::1]"]);

/**
 * The address in the form in which it is called. `mayBeLoopback` lets `http:` and `https:` on this machine pass, at any port: for local
 * development, where the operator says so.
 */
export function checkWebhookAddress(text: string, mayBeLoopback: boolean): Result<string, AddressFault> {
  if (text.length > MAX_ADDRESS_CHARACTERS || /\s/.test(text) || !URL.canParse(text)) return err("form");
  const url = new URL(text);
  if (url.username !== "" || url.password !== "") return err("credentials");
  if (url.hash !== "" || text.includes("#")) return err("fragment");
  const isLoopback = mayBeLoopback && LOOPBACK_HOSTS.has(url.hostname);
  if (isLoopback && (url.protocol === "http:" || url.protocol === "https:")) return ok(url.href);
  if (url.protocol !== "https:") return err("scheme");
  if (!PORTS.has(url.port)) return err("port");
  const fault = judgeHost(url.hostname);
  return fault === null ? ok(url.href) : err(fault);
}

/** `URL` writes IPv4 addresses of every notation (decimal, octal, hexadecimal, shortened, full-width) with four decimal numbers, and IPv6 in brackets. */
function judgeHost(host: string): AddressFault | null {
  if (host.startsWith("[") || /^\d+(\.\d+){3}$/.test(host)) return "number";
  const labels = host.split(".");
  // A dot at the end makes another name of the same machine; a name without one is looked up in the machine's own network.
  if (labels.length < 2 || labels.includes("")) return "name";
  const isPrivate = PRIVATE_ENDS.some((end) => host === end || host.endsWith(`.${end}`));
  return isPrivate || !/^(?=.*[a-z])[a-z0-9-]+$/.test(labels[labels.length - 1]) ? "name" : null;
}
