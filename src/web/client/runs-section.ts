/** Recent training runs, folded away and asked for only while they are open, and the way to start from the labels again. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createElement } from "./dom.ts";
import { createFold } from "./fold.ts";
import type { PastRun } from "./history-answers.ts";
import { fetchRuns } from "./history-api.ts";
import { createTime } from "./time-element.ts";
import { nameOutcome } from "./train-outcome.ts";
import { wireTraining } from "./training.ts";

const RUNS_SHOWN = 10;
const MS_PER_SECOND = 1_000;
const texts = kitchen.history.runs;

/** Gives back what fills it again while it is open; `refresh` is called after a rebuild that was started here. */
export function createRunsSection(refresh: () => Promise<void>): () => Promise<void> {
  wireTraining("rebuild", refresh);
  return createFold(
    "runs",
    () => fetchRuns(RUNS_SHOWN),
    (answer) => createRuns(answer.runs),
  );
}

function createRuns(runs: readonly PastRun[]): HTMLElement {
  if (runs.length === 0) return createElement("p", { class: "soft", text: texts.none });
  const heads = texts.heads.map((text) => createElement("th", { text, attributes: { scope: "col" } }));
  const rows = runs.map(createRun);
  return createElement(
    "table",
    { class: "figures-table runs-table", attributes: { "aria-label": texts.title } },
    createElement("thead", {}, createElement("tr", {}, ...heads)),
    createElement("tbody", {}, ...rows),
  );
}

function createRun(run: PastRun): HTMLElement {
  const outcome = texts.outcome({
    version: run.headVersion,
    outcome: nameOutcome(run.outcome),
    fault: run.outcome === "failed" ? kitchen.frame.tell(run.message ?? "", run.says) : "",
    remaining: run.remaining,
  });
  return createElement(
    "tr",
    {},
    createElement("th", { attributes: { scope: "row" } }, createTime(run.startedAt)),
    createElement("td", { text: run.trigger === "admin" ? texts.byStaff : texts.bySchedule }),
    createElement("td", { text: outcome }),
    createElement("td", { text: kitchen.words.formatCount(run.absorbed) }),
    createElement("td", { text: texts.seconds(run.durationMs / MS_PER_SECOND) }),
  );
}
