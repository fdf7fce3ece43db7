/**
 * Greets the owner of an empty deployment, and loads the example menu for those who have no photos at hand: through the very
 * routes that staff use, item by item, and then one training.
 */
import type { Result } from "../../shared/result.ts";
import { err, ok } from "../../shared/result.ts";
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { addClass, sendExamples } from "./admin-api.ts";
import { createElement, find, isBusy, setBusy, showAlert } from "./dom.ts";
import { asOwnTraining } from "./own-training.ts";
import { describeFailure, type Problem } from "./problem.ts";
import { describeRun } from "./train-outcome.ts";
import { trainInSteps } from "./train-steps.ts";

/** The drawings in `/assets/example-menu/`: the name of the item, and of its files. */
const EXAMPLES = [
  ["Pepperoni", "pepperoni"],
  ["Hawaiian", "hawaiian"],
  ["Margherita", "margherita"],
] as const;
/** Drawings of each item of the example menu. */
export const DRAWINGS = 8;

/** `refresh` is called as the example is loaded. */
export function createFirstRun(refresh: () => Promise<void>) {
  let wasGreeted = false;
  const button = find("load-example");
  button.addEventListener("click", () => {
    if (!isBusy(button)) void load(button, refresh);
  });
  /**
   * Greets where the menu has no item, not even an archived one; once greeted, an owner may read on until a version is live,
   * or, with the example, until the page is opened again. The example is offered to an empty menu only.
   */
  const show = (classes: readonly ItemClass[], isLive: boolean) => {
    const isEmpty = classes.length === 0;
    if (isEmpty) wasGreeted = true;
    const isLoading = isBusy(button);
    const isLoaded = find("first-run-status").childElementCount > 0;
    find("first-run").hidden = !isEmpty && !isLoading && !isLoaded && (isLive || !wasGreeted);
    find("example-offer").hidden = !isEmpty && !isLoading;
  };
  return { show };
}

async function load(button: HTMLElement, refresh: () => Promise<void>): Promise<void> {
  setBusy(button, true);
  showAlert(find("first-run-alert"), "");
  const outcome = await asOwnTraining(async () => {
    const loaded = await loadExampleMenu();
    await refresh();
    return loaded;
  });
  setBusy(button, false);
  if (!outcome.ok) {
    tell("");
    return showAlert(find("first-run-alert"), outcome.error.detail);
  }
  tell(`${outcome.value} `);
  find("first-run-status").append(createElement("a", { text: kitchen.firstRun.tryAsGuest, attributes: { href: "/" } }));
  find("example-offer").hidden = true;
}

/** The words for the training's outcome. What was taken in before a failure stays; loading again goes on with the rest. */
async function loadExampleMenu(): Promise<Result<string, Problem>> {
  for (const [name, file] of EXAMPLES) {
    tell(kitchen.firstRun.showing(name));
    const added = await addClass(name, kitchen.firstRun.itemNote);
    if (!added.ok && added.error.code !== "class_exists") return added;
    const form = await readDrawings(file);
    if (!form.ok) return form;
    const sent = await sendExamples(added.ok ? added.value.id : file, form.value);
    if (!sent.ok) return sent;
  }
  tell(kitchen.training.underWay);
  const run = await trainInSteps(false, () => undefined);
  if (!run.ok) return run;
  return ok(describeRun(run.value).text);
}

async function readDrawings(file: string): Promise<Result<FormData, Problem>> {
  const form = new FormData();
  try {
    for (let number = 1; number <= DRAWINGS; number++) {
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

function tell(words: string): void {
  find("first-run-status").textContent = words;
}
