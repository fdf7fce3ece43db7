/** Asks, before a file is added to what is here, whether people want back the forgotten things it would bring. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createButton, createElement, find } from "./dom.ts";
import type { ExportFile } from "./export-file.ts";
import { importPart } from "./transfer-api.ts";
import { describeReturning } from "./transfer-words.ts";

const { importing } = kitchen.transfer;

/** Goes through the file without storing any of it, and asks where something would come back. An error is a sentence for people. */
export async function confirmMerge({ parts, sha256 }: ExportFile): Promise<{ isWanted: boolean; error: string }> {
  let [photos, corrections] = [0, 0];
  for (const part of parts) {
    const answer = await importPart(part, sha256, "merge", true);
    if (!answer.ok) await kitchen.frame.prepareToExplain();
    if (!answer.ok) return { isWanted: false, error: kitchen.frame.explain(answer.error) };
    photos += answer.value.returning.examples;
    corrections += answer.value.returning.reviews;
  }
  return { isWanted: photos + corrections === 0 || (await ask(describeReturning(photos, corrections))), error: "" };
}

/** Shows the question with its two answers where the rows are listed later; the focus goes to the careful one. */
async function ask(question: string): Promise<boolean> {
  const place = find("import-rows");
  const isWanted = await new Promise<boolean>((resolve) => {
    const leave = createButton(importing.leave, "plain", () => resolve(false));
    const add = createButton(importing.addAnyway, "plain", () => resolve(true));
    const buttons = createElement("div", { class: "button-row" }, leave, add);
    place.replaceChildren(createElement("p", { text: question }), buttons);
    leave.focus();
  });
  place.replaceChildren();
  return isWanted;
}
