/** Where a change of the backbone stands, in words. */
import { formatTable } from "../headstart/session.ts";
import type { BackboneChange, MissingSample } from "./second-backbone.ts";

/** At most so many missing photos are listed. */
const LISTED = 20;

/** Of `headstart reembed`. */
export function describeChange({ running, inUse, second }: BackboneChange): string {
  if (second === null)
    return "There is one backbone alone. `headstart reembed <folder> --backbone <name>` prepares another.";
  const { name, inUseName, embedded, missing, left, readyAt, head, comparison } = second;
  const isDeployed = running === second.id;
  const rows = [
    ["left out one by one", comparison?.leaveOneOut],
    ["test set", comparison?.test],
  ] as const;
  const figures = rows.flatMap(([kind, found]) =>
    found == null ? [] : [[kind, String(found.examples), share(found.rightFrom, found), share(found.rightTo, found)]],
  );
  return [
    `In use: ${inUseName}${inUse === running ? "" : " (not deployed)"}. Beside it: ${name}, with ${embedded} embeddings${missing > 0 ? `, ${missing} missing` : ""}.`,
    ...(left > 0 ? [`${left} labels are left behind, without an embedding of ${inUseName}.`] : []),
    ...(figures.length === 0 ? [] : [formatTable(["JUDGED ON", "EXAMPLES", inUseName, name], figures)]),
    adviseNext(name, { isReady: readyAt !== null && head !== null, isDeployed }),
  ].join("\n");
}

function adviseNext(name: string, { isReady, isDeployed }: { isReady: boolean; isDeployed: boolean }): string {
  if (!isReady) return `${name} is not ready: run \`headstart reembed <folder> --backbone ${name}\` again.`;
  if (isDeployed) return `${name} is deployed and answers; \`headstart train\` completes the change.`;
  return `To answer by ${name}: \`npm run backbone -- use ${name}\`, then deploy. To drop it: \`headstart reembed --end\`.`;
}

/** Which photos were not found, the first of them by name. */
export function describeMissing(missing: readonly MissingSample[], noun: "photo" | "text"): string {
  const shown = missing.slice(0, LISTED).map(({ photo, label }) => `  ${label}  ${photo}`);
  const more = missing.length > LISTED ? [`  and ${missing.length - LISTED} more; --json lists all`] : [];
  const count = missing.length === 1 ? `1 ${noun} is` : `${missing.length} ${noun}s are`;
  return [`${count} not there, or cannot be read:`, ...shown, ...more].join("\n");
}

function share(right: number, { examples }: { readonly examples: number }): string {
  return `${right} (${((100 * right) / examples).toFixed(1)} %)`;
}
