/**
 * The confusion matrix as a picture to walk through: rows are what photos show, columns what was answered, colour is the
 * share of the row. A grid with one stop for the Tab key; arrows, pointer and touch tell each cell in words.
 */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { type ConfusionMatrix, type ConfusionRow, describeCell } from "./confusion.ts";
import { createElement } from "./dom.ts";
import type { ConfusedCell } from "./matrix-examples.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

const texts = kitchen.confusion;

/** Rows and columns by which an arrow key moves. */
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

/** A cell of mistakes can be opened: `onOpen` hears which, and what gives the focus back. */
export function createMatrixView(
  { rows, hidden }: ConfusionMatrix,
  names: ItemNames,
  onOpen: (cell: ConfusedCell, onClose: () => void) => void,
): readonly HTMLElement[] {
  const titles = rows.map(({ classId }) => nameOf(names, classId));
  const cells = rows.map((row, at) => row.counts.map((_, column) => createCell(row, at, column, titles)));
  const head = createElement(
    "tr",
    {},
    createElement("th", { class: "matrix-corner", text: texts.corner, attributes: { scope: "col" } }),
    ...titles.map((text) =>
      createElement("th", { attributes: { scope: "col" } }, createElement("span", { class: "matrix-column", text })),
    ),
  );
  const body = rows.map((_, at) =>
    createElement("tr", {}, createElement("th", { text: titles[at], attributes: { scope: "row" } }), ...cells[at]),
  );
  const attributes = {
    role: "grid",
    "aria-readonly": "true",
    "aria-label": texts.matrix,
  };
  const grid = createElement("table", { class: "matrix", attributes }, createElement("thead", {}, head));
  grid.append(createElement("tbody", {}, ...body));
  const hasMistakes = rows.some(({ counts }, at) => counts.some((count, column) => count > 0 && column !== at));
  const words = createElement("p", {
    class: "matrix-words small",
    text: hasMistakes ? texts.hintToOpen : texts.hint,
  });
  wireCells(grid, cells, words);
  wireOpening(grid, cells, rows, onOpen);
  const more = hidden > 0 ? [createElement("p", { class: "soft small", text: texts.leftOut(hidden) })] : [];
  return [createElement("div", { class: "scroll" }, grid), words, ...more];
}

function createCell(row: ConfusionRow, at: number, column: number, titles: readonly string[]): HTMLTableCellElement {
  const count = row.counts[column];
  const words = describeCell(titles[at], titles[column], count, row.total);
  const cell = createElement("td", {
    class: at === column ? "matrix-cell matrix-right" : "matrix-cell",
    text: count === 0 ? "" : String(count),
    attributes: { role: "gridcell", tabindex: "-1", "aria-label": words },
  });
  // Set from script because the Content-Security-Policy refuses style attributes in markup.
  cell.style.setProperty("--share", row.total === 0 ? "0" : String(count / row.total));
  return cell;
}

function wireCells(grid: HTMLElement, cells: readonly (readonly HTMLElement[])[], words: HTMLElement): void {
  const find = (target: EventTarget | null) =>
    target instanceof Element ? target.closest<HTMLElement>(".matrix-cell") : null;
  const tell = (event: Event) => {
    const cell = find(event.target);
    if (cell !== null) words.textContent = cell.getAttribute("aria-label");
  };
  grid.addEventListener("pointerover", tell);
  grid.addEventListener("focusin", (event) => {
    tell(event);
    for (const cell of cells.flat()) cell.tabIndex = cell === event.target ? 0 : -1;
  });
  grid.addEventListener("keydown", (event) => {
    const [down, right] = STEPS[event.key] ?? [0, 0];
    const cell = find(event.target);
    const row = cells.findIndex((line) => line.some((other) => other === cell));
    if (cell === null || row < 0 || (down === 0 && right === 0)) return;
    event.preventDefault();
    const column = cells[row].indexOf(cell);
    cells[row + down]?.[column + right]?.focus();
  });
  const first = cells[0]?.[0];
  if (first !== undefined) first.tabIndex = 0;
}

function wireOpening(
  grid: HTMLElement,
  cells: readonly (readonly HTMLElement[])[],
  rows: readonly ConfusionRow[],
  onOpen: (cell: ConfusedCell, onClose: () => void) => void,
): void {
  const isMistake = (at: number, column: number) => at !== column && rows[at].counts[column] > 0;
  for (const [at, line] of cells.entries()) {
    for (const [column, cell] of line.entries()) cell.classList.toggle("matrix-opens", isMistake(at, column));
  }
  const open = (event: Event) => {
    const target = event.target instanceof Element ? event.target.closest<HTMLElement>(".matrix-opens") : null;
    if (target === null) return;
    event.preventDefault();
    const at = cells.findIndex((line) => line.includes(target));
    const column = cells[at].indexOf(target);
    const cell = { given: rows[at].classId, answered: rows[column].classId, count: rows[at].counts[column] };
    onOpen(cell, () => target.focus());
  };
  grid.addEventListener("click", open);
  grid.addEventListener("keydown", (event) => {
    if (event.key === "Enter" || event.key === " ") open(event);
  });
}
