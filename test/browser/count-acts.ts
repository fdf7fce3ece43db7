/** Counts what a person would do with the hands: clicks, keystrokes and drops that reach a page, and what they would cost. */
import type { Page } from "playwright-core";

export interface Acts {
  clicks: number;
  keys: number;
  drops: number;
}

/** Runs before every page's own script. */
const WATCH = `
  for (const [type, kind] of [["pointerdown", "clicks"], ["keydown", "keys"], ["drop", "drops"]]) {
    addEventListener(type, (event) => event.isTrusted && !event.repeat && countAct(kind), true);
  }`;

/** Counts from the next page on that is opened. */
export async function countActs(page: Page): Promise<Acts> {
  const acts: Acts = { clicks: 0, keys: 0, drops: 0 };
  await page.exposeFunction("countAct", (kind: keyof Acts) => {
    acts[kind] += 1;
  });
  await page.addInitScript(WATCH);
  return acts;
}

/** Seconds of the keystroke-level model (Card, Moran and Newell 1980): a key, pointing, a press or release, a thought. */
const KEY_S = 0.28;
const POINT_S = 1.1;
const PRESS_S = 0.1;
const THOUGHT_S = 1.35;

/** What the acts cost a person, without reading: a thought before each, for a drop one at either end of the way. */
export function estimateSeconds({ clicks, keys, drops }: Acts): number {
  const click = THOUGHT_S + POINT_S + 2 * PRESS_S;
  const drop = 2 * (THOUGHT_S + POINT_S + PRESS_S);
  return clicks * click + keys * KEY_S + drops * drop;
}
