/** Recent training runs, folded away and asked for only while they are open, and the way to start from the labels again. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { Moment } from "./controls.tsx";
import { Figures } from "./figures.tsx";
import type { PastRun } from "./history-answers.ts";
import { fetchRuns } from "./history-api.ts";
import { mountFold } from "./mount.tsx";
import { nameOutcome } from "./train-outcome.ts";
import { wireTraining } from "./training.ts";

const RUNS_SHOWN = 10;
const MS_PER_SECOND = 1_000;
const texts = kitchen.history.runs;

/** Gives back what fills it again while it is open; `refresh` is called after a rebuild that was started here. */
export function createRunsFold(refresh: () => Promise<void>): () => Promise<void> {
  wireTraining("rebuild", refresh);
  const { heads, title } = texts;
  return mountFold(
    "runs",
    () => fetchRuns(RUNS_SHOWN),
    ({ runs }) =>
      runs.length === 0 ? (
        <p class="soft">{texts.none}</p>
      ) : (
        <Figures class="runs-table" {...{ title, heads, rows: runs.map(toRow) }} />
      ),
  );
}

function toRow(run: PastRun) {
  const outcome = texts.outcome({
    version: run.headVersion,
    outcome: nameOutcome(run.outcome),
    fault: run.outcome === "failed" ? kitchen.frame.tell(run.message ?? "", run.says) : "",
    remaining: run.remaining,
  });
  return [
    <Moment key="at" iso={run.startedAt} />,
    run.trigger === "admin" ? texts.byStaff : texts.bySchedule,
    outcome,
    kitchen.words.formatCount(run.absorbed),
    texts.seconds(run.durationMs / MS_PER_SECOND),
  ];
}
