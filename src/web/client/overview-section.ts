/** What to do next, the four figures, and the training button. */
import type { ItemClass, Overview, TrainingRun } from "./admin-answers.ts";
import { trainNow } from "./admin-api.ts";
import { adviseNextStep } from "./advice.ts";
import { find, findElement, isBusy, setBusy, showAlert } from "./dom.ts";
import { countOf, formatShare } from "./numbers.ts";
import { describeRun } from "./train-outcome.ts";

const LINK_WORDS = { items: "To the menu", reviews: "Look at them" };

export function createOverviewSection(refresh: () => Promise<void>) {
  wireTraining(refresh);
  return { show: showOverview };
}

function showOverview(overview: Overview, classes: readonly ItemClass[]): void {
  const advice = adviseNextStep(overview, classes);
  find("advice-title").textContent = advice.title;
  find("advice-detail").textContent = advice.detail;
  const link = findElement("advice-link", HTMLAnchorElement);
  link.hidden = advice.where !== "items" && advice.where !== "reviews";
  if (advice.where === "items" || advice.where === "reviews") {
    link.href = `#${advice.where}`;
    link.textContent = LINK_WORDS[advice.where];
  }
  // One accent at a time: the button shines only when training is the next step.
  find("train").classList.toggle("button-primary", advice.where === "train");
  link.classList.toggle("button-primary", advice.where !== "train");
  showFigures(overview, classes);
}

function showFigures(overview: Overview, classes: readonly ItemClass[]): void {
  const head = overview.liveHead;
  const evaluation = head?.evaluation ?? null;
  const items = classes.filter((item) => !item.archived).length;
  showFigure("accuracy", evaluation === null ? "–" : formatShare(evaluation.accuracy), accuracyNote(overview));
  showFigure(
    "version",
    head === null ? "–" : String(head.version),
    head === null ? "none yet" : overview.backbone.name,
  );
  showFigure("examples", overview.examples.toLocaleString("en"), `of ${countOf(items, "item")}`);
  const reviews = overview.pendingReviews === 0 ? "" : `and ${overview.pendingReviews} to review`;
  showFigure(
    "waiting",
    String(overview.pendingLabels),
    overview.pendingLabels === 0 ? reviews || "all learned" : reviews || "not learned yet",
  );
  find("overview-figures").removeAttribute("aria-busy");
}

function accuracyNote({ liveHead }: Overview): string {
  if (liveHead === null) return "not trained yet";
  return liveHead.evaluation === null
    ? "not measured yet"
    : `on ${countOf(liveHead.evaluation.examples, "photo")}, each judged as if new`;
}

function showFigure(id: string, value: string, note: string): void {
  find(`figure-${id}`).textContent = value;
  find(`figure-${id}-note`).textContent = note;
}

function wireTraining(refresh: () => Promise<void>): void {
  const button = find("train");
  const outcome = find("train-outcome");
  const alert = find("train-alert");
  button.addEventListener("click", async () => {
    if (isBusy(button)) return;
    setBusy(button, true);
    button.textContent = "Training…";
    outcome.textContent = "";
    showAlert(alert, "");
    const answer = await trainNow();
    setBusy(button, false);
    button.textContent = "Train now";
    if (answer.ok) showRun(answer.value, outcome, alert);
    else showAlert(alert, answer.error.detail);
    await refresh();
  });
}

function showRun(run: TrainingRun, outcome: HTMLElement, alert: HTMLElement): void {
  const { isProblem, text } = describeRun(run);
  if (isProblem) showAlert(alert, text);
  else outcome.textContent = text;
}
