/** Once a night: drops what is past its time and checks the counts. One log line. */
import type { Services } from "../services.ts";
import { cutBack } from "../store/retention.ts";
import { KEPT_HEADS } from "../training/policy.ts";

export async function runNightlyJob({ db, clock }: Services): Promise<void> {
  console.log(JSON.stringify({ event: "nightly", ...(await cutBack(db, KEPT_HEADS, clock())) }));
}
