/** The two buttons that train: what is new, or everything from the start. Each shows progress and outcome beside itself. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { TrainingRun } from "./admin-answers.ts";
import { find, isBusy, setBusy, showAlert } from "./dom.ts";
import { asOwnTraining } from "./own-training.ts";
import { describeProgress, describeRun } from "./train-outcome.ts";
import { trainInSteps } from "./train-steps.ts";

/** `id` is the button's; its live region and its alert are `<id>-outcome` and `<id>-alert`. */
export function wireTraining(id: "train" | "rebuild", refresh: () => Promise<void>): void {
  const button = find(id);
  const outcome = find(`${id}-outcome`);
  const alert = find(`${id}-alert`);
  const title = button.textContent;
  button.addEventListener("click", async () => {
    if (isBusy(button)) return;
    setBusy(button, true);
    button.textContent = kitchen.training.underWay;
    outcome.textContent = "";
    showAlert(alert, "");
    await asOwnTraining(run);
  });
  const run = async () => {
    await trainAndTell({ rebuild: id === "rebuild", outcome, alert }, (run) => {
      outcome.textContent = describeProgress(run);
      void refresh();
    });
    setBusy(button, false);
    button.textContent = title;
    await refresh();
  };
}

interface Told {
  /** Starts again from the labels. */
  readonly rebuild: boolean;
  /** The live region that says what came of it, and the place of what went wrong. */
  readonly outcome: HTMLElement;
  readonly alert: HTMLElement;
}

/** Trains until all is learned and says the outcome. `onStep` hears of every run that another one follows. */
export async function trainAndTell(
  { rebuild, outcome, alert }: Told,
  onStep: (run: TrainingRun) => void,
): Promise<void> {
  const answer = await trainInSteps(rebuild, onStep);
  const words = answer.ok ? describeRun(answer.value) : { isProblem: true, text: answer.error.detail };
  outcome.textContent = words.isProblem ? "" : words.text;
  showAlert(alert, words.isProblem ? words.text : "");
}
