/**
 * What is done to many examples at once: sent in parts of what one request takes, each row with its own outcome, and kept so that the last
 * step can be taken back. Forgetting cannot.
 */

import { MAX_CHANGES } from "../../shared/list-limits.ts";
import { ok } from "../../shared/result.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Answer } from "./admin-api.ts";
import { forgetExamples } from "./label-api.ts";
import { type ChangedExamples, changeExamples, type ExampleChange } from "./look-api.ts";
import type { Tile } from "./look-tile.tsx";

/** What became of a deed. */
export interface DeedOutcome {
  /** Tiles as they are now. */
  readonly done: readonly Tile[];
  readonly refused: number;
  /** Why the first of those refused was; empty where none was. */
  readonly why: string;
}

type Wish = Omit<ExampleChange, "photo" | "from">;
/** A tile as it became, and what it was before. */
interface Done {
  readonly tile: Tile;
  readonly before: NonNullable<ChangedExamples["results"][number]["before"]>;
}

/** Photos that one request forgets. */
const MAX_FORGOTTEN = 1_000;

/** Remembers the steps of one page. */
export function createDeeds() {
  let steps: readonly (readonly Done[])[] = [];

  const send = async (tiles: readonly Tile[], toChange: (tile: Tile) => ExampleChange) => {
    const done: Done[] = [];
    let [refused, why] = [0, ""];
    for (let at = 0; at < tiles.length; at += MAX_CHANGES) {
      const part = tiles.slice(at, at + MAX_CHANGES);
      const answer = await changeExamples(part.map(toChange));
      if (!answer.ok) return { done, refused: tiles.length - done.length, why: answer.error.detail };
      const { results } = answer.value;
      if (results.some(({ problem }) => problem !== null)) await kitchen.frame.prepareToExplain();
      results.forEach(({ label, before, problem }, i) => {
        if (problem === null && before !== null)
          done.push({ tile: applyTo(part[i], toChange(part[i]), label), before });
        else refused++;
        if (problem !== null && why === "") why = kitchen.frame.explain(problem);
      });
    }
    return { done, refused, why };
  };

  /** Changes all of these alike. */
  const change = async (tiles: readonly Tile[], wish: Wish): Promise<DeedOutcome> => {
    const { done, ...rest } = await send(tiles, ({ photo }) => ({ photo, ...wish }));
    if (done.length > 0) steps = [...steps, done];
    return { done: done.map(({ tile }) => tile), ...rest };
  };
  /** Takes the last step back; null where there is none. */
  const undo = async (): Promise<DeedOutcome | null> => {
    const last = steps.at(-1);
    if (last === undefined) return null;
    steps = steps.slice(0, -1);
    const before = new Map(last.map((one) => [one.tile.photo, one.before]));
    const { done, ...rest } = await send(
      last.map(({ tile }) => tile),
      ({ photo, label: from }) => ({ photo, ...before.get(photo), from }),
    );
    return { done: done.map(({ tile }) => tile), ...rest };
  };
  /** For good. */
  const forget = async (photos: readonly string[]): Answer<void> => {
    for (let at = 0; at < photos.length; at += MAX_FORGOTTEN) {
      const answer = await forgetExamples(photos.slice(at, at + MAX_FORGOTTEN));
      if (!answer.ok) return answer;
    }
    const gone = new Set(photos);
    steps = steps.map((step) => step.filter(({ tile }) => !gone.has(tile.photo))).filter((step) => step.length > 0);
    return ok(undefined);
  };
  return { change, undo, forget, canUndo: () => steps.length > 0 };
}

function applyTo(
  tile: Tile,
  { label: to, purpose = tile.purpose, confirmed }: ExampleChange,
  label: string | null,
): Tile {
  const isMoved = label !== null && label !== tile.label;
  const isConfirmed = confirmed ?? (tile.confirmedAt !== null && !isMoved);
  const now = tile.confirmedAt ?? new Date().toISOString();
  return { ...tile, label: label ?? to ?? tile.label, purpose, confirmedAt: isConfirmed ? now : null };
}
