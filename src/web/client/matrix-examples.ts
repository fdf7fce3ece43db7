/**
 * The photos behind a cell of the confusion matrix where the answer was far ahead of the label: each can be relabelled, confirmed or
 * forgotten. The way to all of them stands below.
 */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createButton, createElement, showAlert } from "./dom.ts";
import { createDoubtRow } from "./doubt-row.ts";
import type { Suspect } from "./label-answers.ts";
import { fetchSuspects } from "./label-api.ts";
import { createLookLink } from "./look-link.ts";
import { takeAway } from "./settle-row.ts";
import { nameOf } from "./version-words.ts";
import type { VersionsContext } from "./versions-context.ts";

const texts = kitchen.confusion;

/** A cell off the diagonal: so many photos of `given` were answered `answered`. */
export interface ConfusedCell {
  readonly given: string;
  readonly answered: string;
  readonly count: number;
}

interface MatrixExamples {
  readonly element: HTMLElement;
  /** Shows the cell's photos and takes the focus; `onClose` gets it back. */
  open(cell: ConfusedCell, onClose: () => void): Promise<void>;
}

/** One panel below the matrix, which shows the cell that was opened last; `version` is the newest. */
export function createMatrixExamples(version: number, { names, refresh }: VersionsContext): MatrixExamples {
  const title = createElement("h4", { attributes: { tabindex: "-1" } });
  const status = createElement("p", { class: "soft small", attributes: { role: "status" } });
  const alert = createElement("div", { attributes: { role: "alert" } });
  const list = createElement("ul", { class: "doubts" });
  const all = createElement("p");
  let close = () => {};
  const away = createButton(texts.close, "quiet", () => {
    element.hidden = true;
    close();
  });
  const element = createElement("div", { class: "matrix-examples" }, title, status, alert, list, all, away);
  element.hidden = true;
  const tell = (words: string) => {
    status.textContent = words;
  };
  const open = async (cell: ConfusedCell, onClose: () => void) => {
    close = onClose;
    const words = texts.photosOf(nameOf(names(), cell.given), nameOf(names(), cell.answered));
    title.textContent = words;
    list.setAttribute("aria-label", words);
    list.replaceChildren();
    all.replaceChildren(createLookLink({ kind: "mistakes", version, label: cell.given, said: cell.answered }, words));
    tell("");
    element.hidden = false;
    title.focus();
    const answer = await fetchSuspects();
    showAlert(alert, answer.ok ? "" : answer.error.detail);
    if (!answer.ok) return;
    const found = findInCell(answer.value.suspects, cell);
    const leave = (row: HTMLElement) => {
      takeAway(row, title);
      tell(describeFound(list.childElementCount, cell.count));
    };
    const place = { names: names(), refresh, tell, leave, heading: "h4" } as const;
    const rows = found.map((suspect) => createDoubtRow(suspect, place));
    for (const row of rows) row.fill();
    list.replaceChildren(...rows.map((row) => row.element));
    tell(describeFound(found.length, cell.count));
  };
  return { element, open };
}

/** The doubted labels that the cell counts, least probable first as they come. */
export function findInCell(suspects: readonly Suspect[], { given, answered }: ConfusedCell): readonly Suspect[] {
  return suspects.filter((suspect) => suspect.given === given && suspect.suggested === answered);
}

/** How many of the cell's photos are listed, and why not the others. */
export function describeFound(found: number, count: number): string {
  if (found >= count) return texts.foundAll;
  if (found === 0) return texts.foundNone;
  return texts.foundSome(found, count);
}
