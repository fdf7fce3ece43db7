/** The closer look at a version: what guests would notice, what it mixes up, how it compares, whether it is kept. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createComparison } from "./comparison-view.ts";
import { makeMatrix } from "./confusion.ts";
import { createMatrixView } from "./confusion-view.ts";
import { createButton, createElement, isBusy, setBusy, showAlert } from "./dom.ts";
import { describeGateFigures } from "./gate-words.ts";
import { describeGuards } from "./guard-words.ts";
import type { HeadDetails, HeadReport } from "./head-answers.ts";
import { fetchHead, pinHead } from "./head-api.ts";
import { addressOf } from "./look-address.ts";
import { type ConfusedCell, createMatrixExamples } from "./matrix-examples.ts";
import { forAdmin } from "./role.ts";
import { describeReplay } from "./version-words.ts";
import type { VersionsContext } from "./versions-context.ts";

const { parts, pin } = kitchen.versions;

/** Resolves to a notice where the version cannot be read. */
export async function createVersionPanel(version: number, context: VersionsContext): Promise<readonly HTMLElement[]> {
  const answer = await fetchHead(version);
  if (!answer.ok) return [createElement("p", { class: "notice notice-alert", text: answer.error.detail })];
  const report = answer.value;
  const replay = describeReplay(report.replay, context.names());
  const others = context.versions().filter((head) => head.version !== version);
  return [
    ...(replay === "" ? [] : [createPart(parts.replay, createElement("p", { text: replay }))]),
    ...(report.details === null || report.details.perClass.length === 0
      ? []
      : [createPart(parts.confusion, ...createMatrix(report.details, version, context))]),
    ...(others.length === 0 ? [] : [createPart(parts.comparison, createComparison(report, others, context.names()))]),
    forAdmin(createPart(parts.pin, createPin(report, context))),
    ...createFigures([describeGateFigures(report), describeGuards(report, context.names())]),
  ];
}

function createFigures(texts: readonly string[]): readonly HTMLElement[] {
  const lines = texts.filter((text) => text !== "").map((text) => createElement("p", { class: "soft small", text }));
  if (lines.length === 0) return [];
  return [createElement("details", {}, createElement("summary", { text: parts.figures }), ...lines)];
}

/** Labels are doubted by the newest version, so only its mistakes can be decided on here; those of the others are a place of their own. */
function createMatrix(details: HeadDetails, version: number, context: VersionsContext): readonly HTMLElement[] {
  const matrix = makeMatrix(details);
  const href = `/admin/map?version=${version}`;
  const map = createElement("p", {}, createElement("a", { text: kitchen.frame.places.map, attributes: { href } }));
  if (context.versions()[0]?.version !== version) {
    const open = ({ given: label, answered: said }: ConfusedCell) =>
      location.assign(addressOf({ kind: "mistakes", version, label, said }));
    return [...createMatrixView(matrix, context.names(), open), map];
  }
  const examples = createMatrixExamples(version, context);
  const view = createMatrixView(matrix, context.names(), (cell, onClose) => void examples.open(cell, onClose));
  return [...view, examples.element, map];
}

function createPart(title: string, ...content: readonly HTMLElement[]): HTMLElement {
  return createElement("section", { class: "panel-part" }, createElement("h3", { text: title }), ...content);
}

function createPin({ version, pinnedAt }: HeadReport, { refresh, tell }: VersionsContext): HTMLElement {
  let isPinned = pinnedAt !== null;
  const words = createElement("p", { class: "soft small" });
  const alert = createElement("div", { attributes: { role: "alert" } });
  const button = createButton("", "plain", async () => {
    if (isBusy(button)) return;
    setBusy(button, true);
    const answer = await pinHead(version, !isPinned);
    setBusy(button, false);
    showAlert(alert, answer.ok ? "" : answer.error.detail);
    if (!answer.ok) return;
    isPinned = !isPinned;
    tell(isPinned ? pin.pinned(version) : pin.unpinned(version));
    showPin();
    await refresh();
  });
  const showPin = () => {
    button.textContent = isPinned ? pin.unpin : pin.pin;
    words.textContent = isPinned ? pin.isPinned : pin.isNotPinned;
  };
  showPin();
  return createElement("div", { class: "pin" }, words, button, alert);
}
