/** When a teacher is asked, and how much. Pure. */

/** The last answers that say whether the head still has something to learn from the teacher. */
export const AGREEMENT_WINDOW = 50;

/** Share of these in which the head had said the same. The pool holds answers that it was unsure of, so by then it has come far. */
const AGREED_SHARE = 0.9;

/** Share of the day's calls that are still spent then: enough to notice within days that what comes in has changed. */
const RESTING_SHARE = 0.05;

/** Whether there is little left to learn from it. */
export function isAgreed({ judged, agreed }: { readonly judged: number; readonly agreed: number }): boolean {
  return judged >= AGREEMENT_WINDOW && agreed >= AGREED_SHARE * judged;
}

/** Calls of one day, out of those that the operator allows. */
export function budgetOf(dailyCalls: number, isResting: boolean): number {
  return isResting ? Math.ceil(RESTING_SHARE * dailyCalls) : dailyCalls;
}
