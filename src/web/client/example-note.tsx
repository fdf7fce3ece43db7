/** Says which items are the example's, and takes all of them away in one step: the items, their photos or texts and what was learned. */
import { useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { Alert, Button } from "./controls.tsx";
import { find } from "./dom.ts";
import { isExample } from "./example-items.ts";
import { deleteClass } from "./label-api.ts";
import { asOwnTraining } from "./own-training.ts";
import { trainInSteps } from "./train-steps.ts";

const texts = kitchen.firstRun.removal;

interface ExampleNoteProps {
  /** The whole menu. */
  readonly classes: readonly ItemClass[];
  readonly refresh: () => Promise<void>;
}

/** Shows itself only while the example's items are on the menu. */
export function ExampleNote({ classes, refresh }: ExampleNoteProps) {
  const [problem, tell] = useState("");
  const items = classes.filter(isExample);
  if (items.length === 0) return null;
  const removeAll = async () => {
    tell("");
    const fault = await asOwnTraining(async () => {
      const met = await remove(items);
      await refresh();
      return met;
    });
    if (fault !== null) return tell(fault);
    find("items-status").textContent = texts.done;
    find("items-title").focus();
  };
  const names = kitchen.words.joinNames(items.map(({ name }) => name));
  return (
    <div class="notice example-note">
      <p>{texts.note(names, items.length)}</p>
      <Button onClick={removeAll}>{texts.button}</Button>
      <Alert text={problem} />
    </div>
  );
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
