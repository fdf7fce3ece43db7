/** The example of a deployment that reads texts: a mailbox invented for the project, `examples/mailbox.tsv`. */
import { err, ok, type Result } from "../../shared/result.ts";
import type { ImportResults } from "./admin-answers.ts";
import { sendTexts } from "./admin-api.ts";
import { describeFailure, type Problem } from "./problem.ts";
import { readTextRows } from "./text-rows.ts";

const FILE = "example-mailbox.tsv";

/** The labels of the file: the item's name, its id and its description, in the language of the mails, since descriptions teach. */
export const EXAMPLES: readonly (readonly [name: string, id: string, note: string])[] = [
  ["Refund", "refund", "Asks for money back (invented example)"],
  ["Question", "question", "Asks before ordering (invented example)"],
  ["Complaint", "complaint", "Says what went wrong (invented example)"],
];
/** Of each item. */
export const SAMPLES_EACH = 10;
/** How the items are described, in every language. */
export const NOTES: readonly string[] = EXAMPLES.map(([, , note]) => note);

/** Fetches the mails of an example and teaches them to the item `itemId`. */
export async function sendExample(example: string, itemId: string): Promise<Result<ImportResults, Problem>> {
  const mails = await readMails(example);
  return mails.ok ? sendTexts(itemId, mails.value) : mails;
}

async function readMails(label: string): Promise<Result<readonly string[], Problem>> {
  try {
    const response = await fetch(`/assets/${FILE}`);
    if (!response.ok) throw new TypeError(`no ${FILE}`);
    return ok(readTextRows(FILE, await response.text(), [label]));
  } catch (thrown) {
    return err(describeFailure(thrown));
  }
}
