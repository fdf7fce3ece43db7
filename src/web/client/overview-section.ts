/** What to do next, the four figures, and the training button. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass, Overview } from "./admin-answers.ts";
import { adviseNextStep, adviseReviewer } from "./advice.ts";
import { describeCounted } from "./counted.ts";
import { find, findElement } from "./dom.ts";
import { describeGate } from "./gate-words.ts";
import type { HeadEvaluation, HeadVersion } from "./head-answers.ts";
import type { PastRun } from "./history-answers.ts";
import { isAdmin } from "./role.ts";
import { describeRecord, describeStart } from "./run-words.ts";
import { createTime } from "./time-element.ts";
import { wireTraining } from "./training.ts";
import { stateOf } from "./version-words.ts";

const texts = kitchen.overview;

/** Where the advice leads: another place, or a section of this one. */
const ADDRESSES = { items: "/admin/menu", reviews: "#reviews", versions: "/admin/versions" } as const;

/** `refresh` is called when a training that was started here has ended. */
export function createOverviewSection(refresh: () => Promise<void>) {
  wireTraining("train", refresh);
  return { show: showOverview };
}

function showOverview(overview: Overview, classes: readonly ItemClass[], heads: readonly HeadVersion[]): void {
  const [newest] = heads;
  const heldVersion = newest !== undefined && stateOf(newest) === "held" ? newest.version : null;
  const advice = isAdmin() ? adviseNextStep(overview, classes, heldVersion) : adviseReviewer(overview);
  find("advice-title").textContent = advice.title;
  find("advice-detail").textContent = advice.detail;
  const link = findElement("advice-link", HTMLAnchorElement);
  link.hidden = advice.where === null || advice.where === "train";
  if (advice.where !== null && advice.where !== "train") {
    link.href = ADDRESSES[advice.where];
    link.textContent = advice.where === "items" ? kitchen.frame.toItems : texts.links[advice.where];
  }
  // One accent at a time: the button shines only when training is the next step.
  find("train").classList.toggle("button-primary", advice.where === "train");
  link.classList.toggle("button-primary", advice.where !== "train");
  find("train-note").textContent = describeTrainingNote(overview);
  find("last-run").replaceChildren(...createLastRun(overview.training.last, heads));
  find("backup-warning").replaceChildren(...createBackupWarning(overview.backup));
  const { webhooksEnded } = overview;
  find("webhook-warning").textContent = isAdmin() && webhooksEnded > 0 ? texts.webhooksEnded(webhooksEnded) : "";
  showFigures(overview, classes);
}

/** Nothing while backups go well, or where none are made. */
function createBackupWarning(backup: Overview["backup"]): readonly (Node | string)[] {
  if (backup === null || !backup.failing) return [];
  if (backup.madeAt === null) return [texts.backup.never, texts.backup.advice];
  return [texts.backup.last, createTime(backup.madeAt), ". ", texts.backup.advice];
}

function createLastRun(run: PastRun | null, heads: readonly HeadVersion[]): readonly (Node | string)[] {
  if (run === null) return [];
  const made = heads.find(({ version }) => version === run.headVersion);
  const words = describeRecord(run, made === undefined ? "" : describeGate(made));
  const { last, lastDetails } = kitchen.training.record;
  return [last, createTime(run.startedAt), lastDetails(describeStart(run), words)];
}

/** What keeps new labels or new versions waiting, if anything does. */
function describeTrainingNote({ rebuilding, held }: Overview): string {
  if (rebuilding) return texts.rebuilding;
  return held ? texts.held : "";
}

function showFigures(overview: Overview, classes: readonly ItemClass[]): void {
  const head = overview.liveHead;
  const evaluation = head?.evaluation ?? null;
  const items = classes.filter((item) => !item.archived).length;
  showFigure(
    "accuracy",
    evaluation === null ? "–" : kitchen.words.formatShare(evaluation.accuracy),
    accuracyNote(overview),
  );
  showFigure(
    "version",
    head === null ? "–" : String(head.version),
    head === null ? texts.noVersion : overview.backbone.name,
  );
  showFigure("examples", kitchen.words.formatCount(overview.examples), texts.ofItems(items));
  const reviews = overview.pendingReviews === 0 ? "" : texts.toReview(overview.pendingReviews);
  showFigure(
    "waiting",
    String(overview.pendingLabels),
    overview.pendingLabels === 0 ? reviews || texts.allLearned : reviews || texts.notLearned,
  );
  find("overview-figures").removeAttribute("aria-busy");
}

function accuracyNote({ liveHead, examples }: Overview): string {
  if (liveHead === null) return texts.notYetTrained;
  if (liveHead.evaluation !== null) return describeMeasured(liveHead.evaluation);
  return examples === 0 ? texts.unchecked : texts.notYetMeasured;
}

function describeMeasured({ accuracy, examples }: Pick<HeadEvaluation, "accuracy" | "examples">): string {
  return texts.measured(describeCounted(accuracy, examples), examples);
}

function showFigure(id: string, value: string, note: string): void {
  find(`figure-${id}`).textContent = value;
  find(`figure-${id}-note`).textContent = note;
}
