/** What the doctor makes of a deployment's webhooks: which were given up, and which fail at present. */

import { type Finding, ok, warn } from "./finding.ts";
import type { Webhook } from "./webhook-answers.ts";

/** One that staff switched off is left alone. Nothing is said where there is none. */
export function examineWebhooks(webhooks: readonly Webhook[]): Finding[] {
  const ended = webhooks.filter(({ state }) => state === "dead" || state === "gone");
  const failing = webhooks.filter(({ state, failingSince }) => state === "on" && failingSince !== null);
  const findings = [
    ...found(ended, "given up", "mend the receiver, then `headstart webhooks on <id>`; or `webhooks delete <id>`"),
    ...found(failing, "failing", "`headstart webhooks log <id>` says why; each is given up after five days"),
  ];
  if (findings.length > 0 || webhooks.length === 0) return findings;
  return [ok("webhooks", `${webhooks.length}, none of them fails`)];
}

function found(webhooks: readonly Webhook[], what: string, remedy: string): Finding[] {
  if (webhooks.length === 0) return [];
  const names = webhooks.map(({ id, url, failingSince }) => {
    return `${url} (${id}${failingSince === null ? "" : `, since ${failingSince.slice(0, 16)}`})`;
  });
  return [warn("webhooks", `${what}: ${names.join(", ")}`, remedy)];
}
