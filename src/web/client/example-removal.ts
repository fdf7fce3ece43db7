/** Says which items are the example's, and takes all of them away in one step: the items, their photos or texts and what was learned. */

import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { find, isBusy, setBusy, showAlert } from "./dom.ts";
import { isExample } from "./example-items.ts";
import { deleteClass } from "./label-api.ts";
import { asOwnTraining } from "./own-training.ts";
import { trainInSteps } from "./train-steps.ts";

const texts = kitchen.firstRun.removal;

/** Shows itself only while the example's items are on the menu. */
export function createExampleRemoval(refresh: () => Promise<void>) {
  let shown: readonly ItemClass[] = [];
  const button = find("remove-example");
  button.addEventListener("click", async () => {
    if (isBusy(button)) return;
    setBusy(button, true);
    showAlert(find("example-alert"), "");
    const problem = await asOwnTraining(async () => {
      const fault = await remove(shown);
      await refresh();
      return fault;
    });
    setBusy(button, false);
    if (problem !== null) return showAlert(find("example-alert"), problem);
    find("items-status").textContent = texts.done;
    find("items-title").focus();
  });
  const show = (classes: readonly ItemClass[]) => {
    shown = classes.filter(isExample);
    find("example").hidden = shown.length === 0;
    find("example-words").textContent = texts.note(
      kitchen.words.joinNames(shown.map(({ name }) => name)),
      shown.length,
    );
  };
  return { show };
}

/** What went wrong, or null. The training makes guests hear no more of them; should it fail, the next scheduled one does. */
async function remove(items: readonly ItemClass[]): Promise<string | null> {
  for (const { id } of items) {
    const answer = await deleteClass(id);
    if (!answer.ok && answer.error.status !== 404) return answer.error.detail;
  }
  await trainInSteps(false, () => undefined);
  return null;
}
