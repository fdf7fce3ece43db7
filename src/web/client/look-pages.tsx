/** Brings the tiles of a list page by page: the first at once, the next when the end of the last comes near, or when it is asked for. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { LookTexts } from "../texts/kitchen/en/look.ts";
import type { Look } from "./look-address.ts";
import type { LookGrid } from "./look-grid.tsx";
import { fetchTiles } from "./look-sources.ts";
import { hasFace } from "./look-tile.tsx";
import type { ItemNames } from "./version-words.ts";

/** How far below the window the end may be when the next page is asked for: a screen or two. */
const AHEAD = "0px 0px 1200px 0px";

interface PagesContext {
  readonly look: Look;
  readonly texts: LookTexts;
  readonly names: ItemNames;
  readonly grid: LookGrid;
}

interface Page {
  /** Asks for the next; empty for the first, null behind the last. */
  readonly next: string | null;
  /** How many show, and what is not to be had. */
  readonly words: string;
}

/** `end` is the `ref` of what stands below the last tile; `problem` says why a page did not come, and is empty once one has. */
export function useLookPages({ look, texts, names, grid }: PagesContext) {
  const [{ next, words }, turnTo] = useState<Page>({ next: "", words: "" });
  const [problem, complain] = useState("");
  const isAsking = useRef(false);
  const end = useRef<HTMLDivElement>(null);
  const more = async () => {
    if (next === null || isAsking.current) return;
    isAsking.current = true;
    const answer = await fetchTiles(look, next, texts, names);
    isAsking.current = false;
    complain(answer.ok ? "" : answer.error.detail);
    if (!answer.ok) return;
    const page = answer.value;
    grid.append(page.tiles);
    const shown = grid.shown();
    const isAll = page.next === "";
    const lines = [
      describeCount(shown.length, isAll ? null : page.total, texts),
      ...(shown.length === 0 || shown.some(hasFace) ? [] : [texts.words]),
      ...(page.isComplete || page.total === null ? [] : [texts.partly(shown.length, page.total)]),
    ];
    turnTo({ next: isAll ? null : page.next, words: lines.join(" ") });
  };
  useEffect(() => void more(), []);
  // It fires once for each time that the end comes near, and at once for an end that still is.
  useEffect(() => {
    if (end.current === null) return;
    const ahead = new IntersectionObserver(
      (entries) => {
        if (entries.some(({ isIntersecting }) => isIntersecting)) void more();
      },
      { rootMargin: AHEAD },
    );
    ahead.observe(end.current);
    return () => ahead.disconnect();
  }, [next]);
  // The first page needs no button, unless it did not come.
  return { words, problem, more, end, hasMore: next !== null && (next !== "" || problem !== "") };
}

function describeCount(shown: number, total: number | null, texts: LookTexts): string {
  if (shown === 0) return texts.empty;
  return total === null ? texts.shownAll(shown) : texts.shown(shown, total);
}
