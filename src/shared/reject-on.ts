/** A bound on waiting for something that may not heed the signal it was given: race the two. */

/** Rejects with the signal's reason when that ends; pending until then. */
export function rejectOn(signal: AbortSignal): Promise<never> {
  return new Promise((_, reject) => {
    const end = () => reject(signal.reason);
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}
