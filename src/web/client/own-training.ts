/** Whether this page itself is training: then it knows the outcome first, and what it sees of the run is not news. */

let begun = 0;
let ended = 0;

/** Everything from the click to the page that shows the outcome is part of `work`. */
export async function asOwnTraining<T>(work: () => Promise<T>): Promise<T> {
  begun++;
  try {
    return await work();
  } finally {
    ended++;
  }
}

/** True from the click until the page shows the outcome. */
export function isTrainingHere(): boolean {
  return begun > ended;
}

/** Changes whenever a training of this page begins or ends: what was asked for before that is out of date. */
export function ownTrainingMoment(): number {
  return begun + ended;
}
