/** Training from the page, run after run until all is learned: a single run takes on only so much. */
import type { TrainingRun } from "./admin-answers.ts";
import { type Answer, trainNow } from "./admin-api.ts";
import { shouldGoOn } from "./train-outcome.ts";

/** Enough for 500,000 labels; whatever still waits then is left to the schedule. */
const MAX_RUNS = 50;

/** Gives back the last run. `onStep` hears of every run that another one follows. `rebuild` starts from the labels again. */
export async function trainInSteps(rebuild: boolean, onStep: (run: TrainingRun) => void): Answer<TrainingRun> {
  let answer = await trainNow(rebuild);
  for (let runs = 1; runs < MAX_RUNS && answer.ok && shouldGoOn(answer.value); runs++) {
    onStep(answer.value);
    // Asking for a rebuild again would begin it again.
    answer = await trainNow(false);
  }
  return answer;
}
