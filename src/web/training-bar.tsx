/**
 * Above every place but today's, which has all of it in its overview: the labels that wait with the button that trains, and what a run
 * says that is at work. Nothing is seen of it while there is nothing to say. Filled by `client/training-bar.ts`.
 */
import type { FC } from "hono/jsx";
import type { KitchenProps } from "./kitchen-props.ts";

/** The button starts hidden. */
export const TrainingBar: FC<KitchenProps> = ({ texts }) => (
  <div class="training-bar" data-needs="review">
    <p id="train-words" />
    <button class="button" type="button" id="train" data-needs="admin" hidden>
      {texts.training.train}
    </button>
    <p class="outcome" id="train-outcome" role="status" />
    <div id="train-alert" role="alert" />
    <p class="outcome" id="run-news" role="status" />
    <p class="soft small" id="run-progress" />
  </div>
);
