/** What the clock starts. Every cron expression trains; each run that did something leaves one log line. */
import { getServices } from "../services.ts";

export async function runScheduledJob(cron: string, env: Env): Promise<void> {
  const report = await getServices(env).train("cron");
  if (report.outcome !== "idle") console.log(JSON.stringify({ event: "training_run", cron, ...report }));
}
