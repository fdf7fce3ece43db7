/** What the schedule starts: the nightly job and the backups at their own times, training at every other, then what waits in the pool, and then the teacher; webhooks last. */
import { getServices, type Services } from "../services.ts";
import { deleteDueOriginals } from "../store/pictures/originals.ts";
import { judgePool } from "../training/pool.ts";
import { deliverWebhooks } from "./deliver.ts";
import { runNightlyJob } from "./nightly.ts";
import { teach } from "./teach.ts";

/** As in `[triggers]` of wrangler.toml. */
const NIGHTLY_CRON = "17 3 * * *";
const BACKUP_CRON = "27 * * * *";

/** Runs the job of a cron expression. A job that did something leaves a log line. However the job ends, webhooks get their messages. */
export async function runScheduledJob(cron: string, env: Env): Promise<void> {
  const services = getServices(env);
  try {
    await runJob(cron, services);
  } finally {
    const told = await deliverWebhooks(services);
    if (told.sent + told.failed > 0) console.log(JSON.stringify({ event: "webhooks", ...told }));
  }
}

/** Training waits for no teacher. */
async function runJob(cron: string, services: Services): Promise<void> {
  if (cron === NIGHTLY_CRON) return runNightlyJob(services);
  if (cron === BACKUP_CRON) return runBackupJob(services);
  await emptyOriginals(services);
  const report = await services.train({ trigger: "cron" });
  if (report.outcome !== "idle") console.log(JSON.stringify({ event: "training_run", cron, ...report }));
  const judged = await judgeOpenPool(services);
  if (judged > 0) console.log(JSON.stringify({ event: "pool_judged", judged }));
  const taught = await teach(services);
  if (taught.asked > 0) console.log(JSON.stringify({ event: "teacher", ...taught }));
}

/** Asks nobody anything where there is no bucket. A backup that fails is noted, and made good by the next hour's. */
async function runBackupJob({ backups }: Services): Promise<void> {
  const made = await backups?.make({ isForced: false });
  if (made?.outcome === "made") console.log(JSON.stringify({ event: "backup", ...made.backup }));
}

/** What was forgotten leaves the bucket. A bucket that is out of reach keeps nobody from training; the next run tries again. */
async function emptyOriginals({ db, originals, clock }: Services): Promise<void> {
  if (originals === undefined) return;
  try {
    const deleted = await deleteDueOriginals(db, originals, clock());
    if (deleted > 0) console.log(JSON.stringify({ event: "originals_deleted", deleted }));
  } catch (cause) {
    console.error(JSON.stringify({ event: "originals_not_deleted", reason: String(cause) }));
  }
}

/** Asks the database nothing while the pool is closed. */
async function judgeOpenPool({ config, db, readServedHead, clock }: Services): Promise<number> {
  if (config.pool.size === 0) return 0;
  const served = await readServedHead(db, clock());
  return served === null ? 0 : judgePool(db, served);
}
