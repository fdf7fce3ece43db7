/**
 * The confusion matrix as a picture to walk through: rows are what photos show, columns what was answered, colour is the
 * share of the row. A grid with one stop for the Tab key; arrows, pointer and touch tell each cell in words.
 */
import type { TargetedKeyboardEvent } from "preact";
import { useRef, useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { type ConfusedCell, type ConfusionMatrix, describeCell } from "./confusion.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

const texts = kitchen.confusion;

/** Rows and columns by which an arrow key moves. */
const STEPS: Readonly<Record<string, readonly [number, number]>> = {
  ArrowUp: [-1, 0],
  ArrowDown: [1, 0],
  ArrowLeft: [0, -1],
  ArrowRight: [0, 1],
};

interface MatrixProps {
  readonly matrix: ConfusionMatrix;
  readonly names: ItemNames;
  /** Hears which cell of mistakes is opened, and what gets the focus back. */
  readonly onOpen: (cell: ConfusedCell, opener: HTMLElement) => void;
}

export function MatrixView({ matrix: { rows, hidden }, names, onOpen }: MatrixProps) {
  const isMistake = (at: number, column: number) => at !== column && rows[at].counts[column] > 0;
  const hasMistakes = rows.some(({ counts }, at) => counts.some((_, column) => isMistake(at, column)));
  const [words, tell] = useState(hasMistakes ? texts.hintToOpen : texts.hint);
  const [stop, stopAt] = useState([0, 0]);
  const table = useRef<HTMLTableElement>(null);
  const titles = rows.map(({ classId }) => nameOf(names, classId));
  const toCell = (at: number, column: number) => {
    const { classId: given, total, counts } = rows[at];
    const [count, answered] = [counts[column], rows[column].classId];
    return {
      words: describeCell(titles[at], titles[column], count, total),
      count,
      share: total === 0 ? 0 : count / total,
      isRight: at === column,
      isStop: stop[0] === at && stop[1] === column,
      onOpen: isMistake(at, column) ? (by: HTMLElement) => onOpen({ given, answered, count }, by) : undefined,
      onFocus: () => stopAt([at, column]),
      // One row and one column are names, which take no focus.
      onStep: (down: number, right: number) => table.current?.rows[1 + at + down]?.cells[1 + column + right]?.focus(),
    };
  };
  return (
    <>
      <div class="scroll">
        {/* biome-ignore lint/a11y/noNoninteractiveElementToInteractiveRole: the pattern for a grid is a table that is one */}
        <table class="matrix" role="grid" aria-readonly aria-label={texts.matrix} ref={table}>
          <thead>
            <tr>
              <th class="matrix-corner" scope="col">
                {texts.corner}
              </th>
              {titles.map((title, column) => (
                <th scope="col" key={rows[column].classId}>
                  <span class="matrix-column">{title}</span>
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map(({ classId }, at) => (
              <tr key={classId}>
                <th scope="row">{titles[at]}</th>
                {rows.map((column, k) => (
                  <Cell key={column.classId} {...toCell(at, k)} tell={tell} />
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      <p class="matrix-words small">{words}</p>
      {hidden > 0 && <p class="soft small">{texts.leftOut(hidden)}</p>}
    </>
  );
}

interface CellProps {
  readonly words: string;
  readonly count: number;
  /** Of the photos of its row. */
  readonly share: number;
  readonly isRight: boolean;
  /** Whether the Tab key stops here. */
  readonly isStop: boolean;
  /** Absent where there is nothing to open; gets the cell, which wants the focus back. */
  readonly onOpen: ((by: HTMLElement) => void) | undefined;
  readonly onFocus: () => void;
  readonly onStep: (down: number, right: number) => void;
  /** Shows words below the grid. */
  readonly tell: (words: string) => void;
}

function Cell({ words, count, share, isRight, isStop, onOpen, onFocus, onStep, tell }: CellProps) {
  const press = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const step = STEPS[event.key];
    if (step !== undefined) onStep(...step);
    else if (onOpen !== undefined && (event.key === "Enter" || event.key === " ")) onOpen(event.currentTarget);
    else return;
    event.preventDefault();
  };
  return (
    <td
      class={`matrix-cell ${isRight ? "matrix-right" : ""} ${onOpen ? "matrix-opens" : ""}`}
      tabIndex={isStop ? 0 : -1}
      aria-label={words}
      style={{ "--share": share }}
      onPointerOver={() => tell(words)}
      onFocus={() => {
        tell(words);
        onFocus();
      }}
      onClick={({ currentTarget }) => onOpen?.(currentTarget)}
      onKeyDown={press}
    >
      {count > 0 && count}
    </td>
  );
}
