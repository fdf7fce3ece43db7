/**
 * Greets the owner of an empty deployment, and loads the example for those who have no photos or texts at hand: through the very
 * routes that staff use, item by item, and then one training.
 */
import type { Result } from "../../shared/result.ts";
import { ok } from "../../shared/result.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { addClass } from "./admin-api.ts";
import { createElement, find, isBusy, setBusy, showAlert } from "./dom.ts";
import { EXAMPLES, sendExample } from "./example-menu.ts";
import { asOwnTraining } from "./own-training.ts";
import type { Problem } from "./problem.ts";
import { describeRun } from "./train-outcome.ts";
import { trainInSteps } from "./train-steps.ts";

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
    const loaded = await loadExample();
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

/** The words for the training's outcome. What was taken in before a failure stays; loading again continues with the rest. */
async function loadExample(): Promise<Result<string, Problem>> {
  for (const [name, id, note] of EXAMPLES) {
    tell(kitchen.firstRun.showing(name));
    const added = await addClass(name, note);
    if (!added.ok && added.error.code !== "class_exists") return added;
    const sent = await sendExample(id, added.ok ? added.value.id : id);
    if (!sent.ok) return sent;
  }
  tell(kitchen.training.underWay);
  const run = await trainInSteps(false, () => undefined);
  if (!run.ok) return run;
  return ok(describeRun(run.value).text);
}

function tell(words: string): void {
  find("first-run-status").textContent = words;
}
