/** What the doctor makes of a deployment's backups: whether there are any, and whether the last one is whole and new. */
import type { Backups } from "./answers.ts";
import { type Finding, fail, ok, warn } from "./finding.ts";

/** A server on this machine (`isLocal`) keeps them on the same disk as the database, so that an old one is no worse than none. */
export function examineBackups({ bucket, backups, failing, failure }: Backups, isLocal: boolean): Finding {
  if (!bucket) {
    const remedy = "`npm run deploy -- --backups`, or `headstart export` to a file now and then";
    return isLocal ? ok("backups", "none are made here") : warn("backups", "none are made", remedy);
  }
  const [newest] = backups;
  const last = newest === undefined ? "there is none" : `the last whole one is ${newest.name}`;
  if (failure !== null) {
    return fail(
      "backups",
      `the last one failed on ${failure.at}: ${failure.reason}; ${last}`,
      "`headstart backups make`, and look at `npx wrangler tail`",
    );
  }
  if (failing)
    return warn(
      "backups",
      `none for two days; ${last}`,
      "does the cron of wrangler.toml run? `headstart backups make`",
    );
  return ok(
    "backups",
    newest === undefined ? "none yet; the first is made within the hour" : `${backups.length}, ${last}`,
  );
}
