/** Which routes a deployment opens to guests: tried from outside, without a key and with nothing in it, and compared with wrangler.toml. */
import { z } from "zod";
import { type Finding, ok, warn } from "./finding.ts";

/** `checked`: open to guests who pass Turnstile. `unknown`: the deployment was in trouble, or had enough of this address. */
export type Door = "open" | "checked" | "closed" | "unknown";

/** What a guest may do, the variable that lets them, and a request that is refused for its content where they may. */
const DOORS = [
  { what: "classify", variable: "PUBLIC_CLASSIFY", path: "/v1/classify?top_k=0" },
  { what: "send corrections and suggestions", variable: "PUBLIC_CORRECTIONS", path: "/v1/labels" },
];

const problemSchema = z.looseObject({ code: z.string() });

/** Writes nothing. `variables` are those of wrangler.toml here. Throws what `fetch` throws. */
export function examineDoors(
  url: string,
  variables: Readonly<Record<string, string>>,
  timeoutMs: number,
): Promise<Finding[]> {
  return Promise.all(DOORS.map(async (plan) => judgeDoor(plan, await tryDoor(url + plan.path, timeoutMs), variables)));
}

async function tryDoor(address: string, timeoutMs: number): Promise<Door> {
  const init = { method: "POST", headers: { "Content-Type": "application/json" }, body: "{}" };
  const response = await fetch(address, { ...init, signal: AbortSignal.timeout(timeoutMs), redirect: "error" });
  const { data } = problemSchema.safeParse(await response.json().catch(() => null));
  if (response.status === 401) return "closed";
  if (data?.code === "human_check_failed") return "checked";
  return response.status === 400 ? "open" : "unknown";
}

/** Open is well where wrangler.toml says so: the page for guests needs it. */
export function judgeDoor(
  { what, variable }: { readonly what: string; readonly variable: string },
  door: Door,
  variables: Readonly<Record<string, string>>,
): Finding {
  if (door === "unknown") return warn("guests", `whether they may ${what} could not be tried`, "run it again");
  const isOpen = door !== "closed";
  const said = `may ${isOpen ? "" : "not "}${what}${door === "checked" ? " once Turnstile has passed them" : ""}`;
  if (isOpen === (variables[variable] === "true")) return ok("guests", `${said}, as ${variable} says`);
  return warn(
    "guests",
    `${said}, but ${variable} in wrangler.toml is ${variables[variable] ?? "not set"}`,
    `set ${variable} to "${isOpen}" there if that is meant; else deploy again`,
  );
}
