/** Looks again and again while the page is in view: seldom while nothing is at work, sooner while something is. */

/** About as often as something can change by itself; the scheduled run comes every minute at most. */
export const IDLE_PAUSE_MS = 15_000;
/** How soon it looks again at what is at work; then less and less often. */
const FIRST_PAUSE_MS = 1_000;
const LONGEST_PAUSE_MS = 10_000;
const BACK_OFF = 1.5;

/** `look` goes unanswered for as long as it takes; `isAtWork` is asked after it. Out of view nothing is asked. */
export function keepLooking(look: () => Promise<void>, isAtWork: () => boolean): void {
  let pause = nextPause(IDLE_PAUSE_MS, isAtWork());
  let timer: ReturnType<typeof setTimeout> | undefined;
  const plan = () => {
    clearTimeout(timer);
    if (document.visibilityState === "visible") timer = setTimeout(turn, pause);
  };
  const turn = async () => {
    clearTimeout(timer);
    await look();
    pause = nextPause(pause, isAtWork());
    plan();
  };
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "visible") void turn();
    else clearTimeout(timer);
  });
  plan();
}

/** In ms: the pause after one of `pause`. */
export function nextPause(pause: number, isAtWork: boolean): number {
  if (!isAtWork) return IDLE_PAUSE_MS;
  return pause === IDLE_PAUSE_MS ? FIRST_PAUSE_MS : Math.min(LONGEST_PAUSE_MS, pause * BACK_OFF);
}
