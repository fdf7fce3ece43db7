/** Samples whose label staff have settled: every list of the page lets them go, and the focus of a row that goes moves on to the next one. */
import type { RefObject } from "preact";
import { useEffect, useLayoutEffect, useRef, useState } from "preact/hooks";
import type { Answer } from "./admin-api.ts";
import { Alert } from "./controls.tsx";

/** One for each list that is on the page. */
const listeners = new Set<(photos: readonly string[]) => void>();

/** Who hears of it when a sample's label is settled. */
export interface SettledAudience {
  readonly refresh: () => Promise<void>;
  /** Says it in a live region. */
  readonly tell: (words: string) => void;
}

/** What a press asks for. */
interface Settlement {
  readonly act: () => Answer<unknown>;
  /** What is said once that is done. */
  readonly done: string;
  /** What is said where somebody else has settled it already. */
  readonly gone?: string;
  /** All whose label it settles. */
  readonly photos: readonly string[];
}

/** Of one row, which asks for one thing at a time; `alert` says why it was refused. */
export function useSettling({ refresh, tell }: SettledAudience) {
  const [isBusy, setBusy] = useState(false);
  const [problem, setProblem] = useState("");
  const settle = async ({ act, done, gone, photos }: Settlement, by?: HTMLElement) => {
    if (isBusy) return;
    // Not every browser does so by itself, and the focus says which list has to give it on.
    by?.focus();
    setBusy(true);
    const answer = await act();
    setBusy(false);
    const words = answer.ok ? done : answer.error.status === 404 ? gone : undefined;
    setProblem(answer.ok || words !== undefined ? "" : answer.error.detail);
    if (words === undefined) return;
    for (const hear of listeners) hear(photos);
    tell(words);
    await refresh();
  };
  return { isBusy, settle, alert: <Alert text={problem} /> };
}

/** What is left of an answer's rows; the next answer has rows of its own. */
export function useLeft<Row>(rows: readonly Row[]) {
  const [gone, setGone] = useState<ReadonlySet<Row>>(new Set());
  const leave = (leaving: readonly Row[]) => setGone((before) => new Set([...before, ...leaving]));
  return { left: rows.filter((row) => !gone.has(row)), leave };
}

interface SettledRows<Row> {
  /** Has an element for each of `left`, in the same order. */
  readonly list: RefObject<HTMLElement | null>;
  /** Gets the focus after the last row. */
  readonly fallback: () => HTMLElement | null;
  readonly left: readonly Row[];
  readonly leave: (leaving: readonly Row[]) => void;
}

/** Rows leave with their photo, wherever it was settled. */
export function useSettled<Row extends { readonly photo: string }>(rows: SettledRows<Row>): void {
  const { list, fallback, left, leave } = rows;
  /** The row that has the focus next. */
  const next = useRef<number | null>(null);
  useEffect(() => {
    const hear = (photos: readonly string[]) => {
      const leaving = left.filter(({ photo }) => photos.includes(photo));
      if (leaving.length === 0) return;
      const focused = findFocused(list.current);
      const row = left[focused];
      if (row !== undefined && leaving.includes(row)) {
        next.current = left.slice(0, focused).filter((before) => !leaving.includes(before)).length;
      }
      leave(leaving);
    };
    listeners.add(hear);
    return () => void listeners.delete(hear);
  });
  useLayoutEffect(() => {
    if (next.current === null) return;
    const row = list.current?.children[next.current] ?? list.current?.lastElementChild;
    (row?.querySelector("button") ?? fallback())?.focus();
    next.current = null;
  });
}

/** Which row has the focus; -1 where none does. */
export function findFocused(list: Element | null): number {
  return [...(list?.children ?? [])].findIndex((row) => row.contains(document.activeElement));
}
