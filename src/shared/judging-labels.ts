/** How many labels of people it takes to judge what no person has labelled: one number for the fit and for the page that explains it. */

/** Fewer labels of people than this tell nothing of whether the teacher's help. */
export const MIN_JUDGING_LABELS = 10;
