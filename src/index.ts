/** The Worker: requests go to `http/`, the clock goes to `jobs/`. */
import { app } from "./http/app.ts";
import { runScheduledJob } from "./jobs/scheduled.ts";

export default {
  fetch: app.fetch,
  scheduled: (controller, env) => runScheduledJob(controller.cron, env),
} satisfies ExportedHandler<Env>;
