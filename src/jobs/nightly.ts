/** Once a night: drops what is past its time and checks the counts. One log line. */
import type { Services } from "../services.ts";
import { DAY_MS } from "../shared/time.ts";
import { dropUsageBefore } from "../store/daily-usage.ts";
import { dropOutdatedAnswers } from "../store/repeatable-answers.ts";
import { cutBack } from "../store/retention.ts";
import { KEPT_HEADS } from "../training/policy.ts";

/** Days of usage that stay, today not counted. */
const KEPT_USAGE_DAYS = 30;

export async function runNightlyJob({ db, clock }: Services): Promise<void> {
  await dropUsageBefore(db, Math.floor(clock() / DAY_MS) - KEPT_USAGE_DAYS);
  await dropOutdatedAnswers(db, clock());
  console.log(JSON.stringify({ event: "nightly", ...(await cutBack(db, KEPT_HEADS, clock())) }));
}
