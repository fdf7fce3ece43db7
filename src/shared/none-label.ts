/**
 * "Not on the menu" as a label: for a sample that shows nothing of the menu. Such examples are kept like others and
 * never an answer (decision 48).
 */

/** Its id. A colon is in no item's id, so it means this and nothing else wherever a label is named. */
export const NONE_ID = ":none";

/** What people write for it: in an import, and in the API where no item goes by this name. */
export const NONE_ALIAS = "_none";
