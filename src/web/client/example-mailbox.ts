/** The example of a deployment that reads texts: a mailbox invented for the project, `examples/mailbox.tsv`. */
import { err, ok, type Result } from "../../shared/result.ts";
import type { ImportResults } from "./admin-answers.ts";
import { sendTexts } from "./admin-api.ts";
import { MAILBOX_ITEMS, MAILBOX_NOTES } from "./mailbox-items.ts";
import { describeFailure, type Problem } from "./problem.ts";
import { readTextRows } from "./text-rows.ts";

const FILE = "example-mailbox.tsv";

/** The item's name, its id, by which the file labels its mails, and its description. */
export const EXAMPLES = MAILBOX_ITEMS;
/** Of each item. */
export const SAMPLES_EACH = 10;
/** How the items are described, in every language. */
export const NOTES = MAILBOX_NOTES;

/** Fetches the mails of an example and teaches them to the item `itemId`. */
export async function sendExample(example: string, itemId: string): Promise<Result<ImportResults, Problem>> {
  const mails = await readMails(example);
  return mails.ok ? sendTexts(itemId, mails.value) : mails;
}

async function readMails(label: string): Promise<Result<readonly string[], Problem>> {
  try {
    const response = await fetch(`/assets/${FILE}`);
    if (!response.ok) throw new TypeError(`no ${FILE}`);
    return ok(readTextRows(FILE, new Uint8Array(await response.arrayBuffer()), [label]) ?? []);
  } catch (thrown) {
    return err(describeFailure(thrown));
  }
}
