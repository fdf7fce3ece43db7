/** `GET /v1/ready`: whether this isolate could answer guests now, and what is missing. Beside `/v1/health`, which only runs. */
import { menuOperations } from "../../operations/menu.ts";
import type { Services } from "../../services.ts";
import { databaseNotReady } from "../../shared/english/requests.ts";
import { backboneBroken } from "../../shared/english/versions.ts";
import { err, ok } from "../../shared/result.ts";
import { findMissingMigrations, isStorageError } from "../../store/database.ts";
import { serve } from "../serve.ts";

/** `ok`, or what is missing in words. Having no head is not a fault: nothing has been taught yet. */
interface Readiness {
  readonly database: string;
  readonly backbone: string;
  readonly head: string;
}

const OK = "ok";
const MIGRATE =
  "run `npx wrangler d1 migrations apply DB --remote`, or `npm run deploy`, which does it too; locally `npm start` does";

/** Answers with a problem while the database or the backbone cannot be used. */
export const readyHandlers = [
  serve(menuOperations.checkReadiness, async (c) => {
    const services = c.get("services");
    const [database, backbone] = await Promise.all([checkDatabase(services), checkBackbone(services)]);
    if (database !== OK) return err(databaseNotReady({ fault: database }));
    if (backbone !== OK) return err(backboneBroken({ fault: backbone }));
    const checks: Readiness = { database, backbone, head: await checkHead(services) };
    c.header("cache-control", "no-store");
    return ok({ status: "ready", checks });
  }),
];

async function checkDatabase({ db, migrations }: Services): Promise<string> {
  try {
    const missing = await findMissingMigrations(db, migrations);
    return missing.length === 0 ? OK : `lacks ${missing.join(", ")}: ${MIGRATE}`;
  } catch (error) {
    if (isStorageError(error)) return "does not answer";
    throw error;
  }
}

async function checkBackbone({ loadEmbedder }: Services): Promise<string> {
  try {
    await loadEmbedder();
    return OK;
  } catch (error) {
    return error instanceof Error ? error.message : "cannot be loaded";
  }
}

async function checkHead({ db, readServedHead, clock }: Services): Promise<string> {
  return (await readServedHead(db, clock())) === null ? "none yet: add examples of two items and train" : OK;
}
