/** Above every place but today's: labels that wait, and the button that trains. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Overview } from "./admin-answers.ts";
import { find, isBusy } from "./dom.ts";
import { wireTraining } from "./training.ts";

/** Gives back what shows an overview. `refresh` is called when a training that was started here has ended. */
export function createTrainingBar(refresh: () => Promise<void>): (overview: Overview) => void {
  wireTraining("train", refresh);
  return ({ pendingLabels }) => {
    const isWaiting = pendingLabels > 0;
    find("train-words").textContent = isWaiting ? kitchen.training.toLearn(pendingLabels) : "";
    // A button that has just been pressed keeps the focus.
    const button = find("train");
    button.hidden = !isWaiting && !isBusy(button) && document.activeElement !== button;
  };
}
