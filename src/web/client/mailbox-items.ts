/** The items of the example mailbox: apart from what loads it, since guests' page knows them too. */

/** The labels of the file: the item's name, its id and its description, in the language of the mails, since descriptions teach. */
export const MAILBOX_ITEMS: readonly (readonly [name: string, id: string, note: string])[] = [
  ["Refund", "refund", "Asks for money back (invented example)"],
  ["Question", "question", "Asks before ordering (invented example)"],
  ["Complaint", "complaint", "Says what went wrong (invented example)"],
];
/** How they are described, in every language. */
export const MAILBOX_NOTES: readonly string[] = MAILBOX_ITEMS.map(([, , note]) => note);
