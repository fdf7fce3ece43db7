/** Once a night: drops what is past its time, checks the counts, and looks whether samples have changed. A log line, and one per warning. */
import { keepsOriginals, keepsPictures } from "../config.ts";
import type { Services } from "../services.ts";
import { judgeDrift } from "../shared/drift.ts";
import { dayOf } from "../shared/time.ts";
import { dropOutdatedAnswers } from "../store/access/repeatable-answers.ts";
import { dropUsageBefore } from "../store/access/usage-counter.ts";
import { dropOldAnswers, listAnswerDays } from "../store/answers/answer-days.ts";
import { dropOriginals, linkOriginals } from "../store/pictures/originals.ts";
import { dropPictures } from "../store/pictures/pictures.ts";
import { cutBackPool } from "../store/pool/pooled-samples.ts";
import { cutBack } from "../store/retention.ts";
import { cutBackTeacher } from "../store/teaching/teacher-calls.ts";
import { noteEvent } from "../store/webhook/note-event.ts";
import { cutBackDeliveries } from "../store/webhook/webhook-deliveries.ts";
import { KEPT_HEADS } from "../training/policy.ts";

/** Days of usage that stay, today not counted. */
const KEPT_USAGE_DAYS = 30;

/** Each step is safe to repeat, so a night that broke off is made good by the next. Rejects when the database fails. */
export async function runNightlyJob(services: Services): Promise<void> {
  const { config, db, clock } = services;
  const today = dayOf(clock());
  await dropUsageBefore(db, today - KEPT_USAGE_DAYS);
  await dropOldAnswers(db, today);
  await dropOutdatedAnswers(db, clock());
  const pooled = await cutBackPool(db, config.pool, clock());
  const teacherLabels = await cutBackTeacher(db, clock());
  const messages = await cutBackDeliveries(db, clock());
  const pictures = keepsPictures(config) ? 0 : await dropPictures(db);
  const originals = keepsOriginals(config) ? 0 : await dropOriginals(db);
  const dropped = { ...(await cutBack(db, KEPT_HEADS, clock())), pooled, teacherLabels, messages, pictures, originals };
  console.log(JSON.stringify({ event: "nightly", ...dropped }));
  await findOriginals(services);
  const { warning } = judgeDrift(await listAnswerDays(db, today), today);
  if (warning === null) return;
  console.warn(JSON.stringify({ event: "drift", ...warning }));
  const data = { message: warning.text, says: warning.says };
  await noteEvent(db, { event: "drift.warned", at: clock(), data });
}

/** A bucket that is out of reach keeps nothing else from being done; the next night looks again. */
async function findOriginals({ config, db, originals, clock }: Services): Promise<void> {
  if (originals === undefined || !keepsOriginals(config)) return;
  try {
    const linked = await linkOriginals(db, originals, config.receiptSecret, clock());
    if (linked > 0) console.log(JSON.stringify({ event: "originals_linked", linked }));
  } catch (cause) {
    console.error(JSON.stringify({ event: "originals_not_linked", reason: String(cause) }));
  }
}
