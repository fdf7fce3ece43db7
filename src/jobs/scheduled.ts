/** What the clock starts: the nightly job at its own time, training at every other. */
import { getServices } from "../services.ts";
import { runNightlyJob } from "./nightly.ts";

/** As in `[triggers]` of wrangler.toml. */
const NIGHTLY_CRON = "17 3 * * *";

/** Runs the job of a cron expression. A training run leaves a log line when it did something. */
export async function runScheduledJob(cron: string, env: Env): Promise<void> {
  const services = getServices(env);
  if (cron === NIGHTLY_CRON) return runNightlyJob(services);
  const report = await services.train({ trigger: "cron" });
  if (report.outcome !== "idle") console.log(JSON.stringify({ event: "training_run", cron, ...report }));
}
