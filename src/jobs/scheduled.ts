/** What the clock starts: the nightly job at its own time, training at every other, and then the teacher. */
import { getServices } from "../services.ts";
import { runNightlyJob } from "./nightly.ts";
import { teach } from "./teach.ts";

/** As in `[triggers]` of wrangler.toml. */
const NIGHTLY_CRON = "17 3 * * *";

/** Runs the job of a cron expression. What did something leaves a log line. Training waits for no teacher. */
export async function runScheduledJob(cron: string, env: Env): Promise<void> {
  const services = getServices(env);
  if (cron === NIGHTLY_CRON) return runNightlyJob(services);
  const report = await services.train({ trigger: "cron" });
  if (report.outcome !== "idle") console.log(JSON.stringify({ event: "training_run", cron, ...report }));
  const taught = await teach(services);
  if (taught.asked > 0) console.log(JSON.stringify({ event: "teacher", ...taught }));
}
