/** Something again and again, as long as the request that began it lives. */

/**
 * Calls `tick` every so many ms, the first time after that, until the function that it returns is called. To be called by the
 * request that began it: a runtime lends every request only so many timers, and none stops those of another one.
 */
export type Every = (ms: number, tick: () => void) => () => void;

/** In real time. */
export const every: Every = (ms, tick) => {
  const timer = setInterval(tick, ms);
  return () => clearInterval(timer);
};
