/**
 * The example of a deployment that reads photos: three pizzas that the project drew. The build puts `example-mailbox.ts` in its
 * place where texts are read.
 */
import { err, ok, type Result } from "../../shared/result.ts";
import { EXAMPLE_NOTES } from "../example-note.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ImportResults } from "./admin-answers.ts";
import { sendExamples } from "./admin-api.ts";
import { describeFailure, type Problem } from "./problem.ts";

const { itemNote } = kitchen.firstRun;

/** The drawings in `/assets/example-menu/`: the item's name, its id, by which its files go as well, and its description. */
export const EXAMPLES: readonly (readonly [name: string, id: string, note: string])[] = [
  ["Pepperoni", "pepperoni", itemNote],
  ["Hawaiian", "hawaiian", itemNote],
  ["Margherita", "margherita", itemNote],
];
/** Of each item. */
export const SAMPLES_EACH = 8;
/** How the items are described, in every language. */
export const NOTES: readonly string[] = Object.values(EXAMPLE_NOTES);

/** Fetches the drawings of an example and teaches them to the item `itemId`. */
export async function sendExample(example: string, itemId: string): Promise<Result<ImportResults, Problem>> {
  const form = await readDrawings(example);
  return form.ok ? sendExamples(itemId, form.value) : form;
}

async function readDrawings(file: string): Promise<Result<FormData, Problem>> {
  const form = new FormData();
  try {
    for (let number = 1; number <= SAMPLES_EACH; number++) {
      const name = `${file}-${number}.png`;
      const response = await fetch(`/assets/example-menu/${name}`);
      if (!response.ok) throw new TypeError(`no ${name}`);
      form.append("image", await response.blob(), name);
    }
  } catch (thrown) {
    return err(describeFailure(thrown));
  }
  return ok(form);
}
