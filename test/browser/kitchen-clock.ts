/** The clock of a kitchen that is open, and what others leave in the database meanwhile. */
import type { Page } from "playwright-core";
import { openLocalDatabase } from "../support/local-database.ts";

const SECOND_MS = 1_000;
const DAY_MS = 86_400 * SECOND_MS;
/** Days ago, answers, unknown ones. */
const ANSWERS = [
  [20, 600, 30],
  [3, 300, 15],
  [1, 200, 120],
] as const;
const ENTROPY = 0.3;

/**
 * Lets the page's clock go until it looks again: a pause, once what it looked at before is on the page. From then on the clock stands:
 * a request that is under way for too long by it would be given up.
 */
export async function look(page: Page): Promise<void> {
  let isAsked = false;
  const asked = page.waitForRequest("**/v1/admin/overview").then((request) => {
    isAsked = true;
    return request;
  });
  while (!isAsked) await page.clock.runFor(SECOND_MS);
  const answer = await (await asked).response();
  await answer?.finished();
}

/**
 * Waits until all that the page has asked is answered: a request that meets a write of ours gets 503 from the local database. Not for
 * the bodies, of which the page may leave one unread.
 */
async function becomeQuiet(page: Page): Promise<void> {
  const asked = await page.requests();
  await Promise.all(asked.map((request) => request.response()));
}

/**
 * Holds the labels as a run does that is at work (0: lets them go). A real one would hold up the only isolate of a local
 * server until it is done, and the page's look with it.
 */
export async function holdLabels(page: Page, dataDir: string, ms: number): Promise<void> {
  await becomeQuiet(page);
  const db = openLocalDatabase(dataDir);
  db.prepare("UPDATE training_lease SET expires_at = ?").run(ms === 0 ? 0 : Date.now() + ms);
  db.close();
}

/** Many answers with one in twenty unknown, and then a day with three in five. */
export function noteAnswers(dataDir: string): void {
  const today = Math.floor(Date.now() / DAY_MS);
  const db = openLocalDatabase(dataDir);
  const insert = db.prepare("INSERT INTO answer_days VALUES (?, 1, ?, ?, ?, ?)");
  for (const [ago, answers, unknown] of ANSWERS) {
    insert.run(today - ago, answers, unknown, answers * ENTROPY, answers * ENTROPY ** 2);
  }
  db.close();
}
