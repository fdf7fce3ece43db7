/**
 * The keys of the review queue. They count only while the focus is in the queue and not in a text field, and never with
 * a modifier: so no single letter gets in the way of speech input or of the browser (WCAG 2.1.4). Pure.
 */

import * as kitchen from "../texts/kitchen/kitchen-texts.ts";

/** What a key asks of the card that has the focus. */
export type ReviewCommand =
  | "next"
  | "previous"
  | "down"
  | "up"
  | "first"
  | "last"
  | "accept"
  | "relabel"
  | "none"
  | "reject"
  | "select"
  | "undo";

/** The part of a keyboard event that decides. */
export interface PressedKey {
  readonly key: string;
  /** Which key of the keyboard it is, whatever the layout writes with it. */
  readonly code: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
}

const texts = kitchen.reviewQueue.keys;

const COMMANDS: ReadonlyMap<string, ReviewCommand> = new Map([
  ["j", "next"],
  ["ArrowRight", "next"],
  ["k", "previous"],
  ["ArrowLeft", "previous"],
  ["ArrowDown", "down"],
  ["ArrowUp", "up"],
  ["Home", "first"],
  ["End", "last"],
  ["Enter", "accept"],
  ["a", "accept"],
  ["r", "relabel"],
  ["n", "none"],
  ["x", "reject"],
  [" ", "select"],
  ["z", "undo"],
]);

/** One letter of an alphabet other than the Latin one. */
const OTHER_SCRIPT = /^(?!\p{Script=Latin})[\p{Letter}\p{Mark}]$/u;

/** On a button or a box inside a card these two do what they do everywhere. */
const KEYS_OF_CONTROLS = ["Enter", " "];

/** `isOnCard`: the card itself has the focus, not a control inside it. Null: the key is the browser's. */
export function readReviewKey(pressed: PressedKey, isOnCard: boolean): ReviewCommand | null {
  const { key, ctrlKey, metaKey, altKey } = pressed;
  if (ctrlKey || metaKey || altKey) return null;
  if (!isOnCard && KEYS_OF_CONTROLS.includes(key)) return null;
  return COMMANDS.get(readLetter(pressed)) ?? null;
}

/** What the key writes; where that is not a Latin letter, such as о in Russian, the Latin one beside it on the keyboard. */
function readLetter({ key, code }: PressedKey): string {
  if (OTHER_SCRIPT.test(key)) return /^Key([A-Z])$/.exec(code)?.[1].toLowerCase() ?? key;
  return key.length === 1 ? key.toLowerCase() : key;
}

/** What to show beside the queue: keys, and what they do. */
export const KEY_HELP: readonly (readonly [keys: readonly string[], does: string])[] = [
  [["J", "K"], texts.move],
  [["A", "Enter"], texts.accept],
  [["R"], texts.relabel],
  [["N"], texts.none],
  [["X"], texts.reject],
  [[texts.space], texts.select],
  [["Z"], texts.undo],
];

/**
 * The card to go to from card `at` of `count`, in rows of `columns`; stays where there is none in that direction. A step
 * down into a shorter last row ends on its last card.
 */
export function moveInQueue(command: ReviewCommand, at: number, count: number, columns: number): number {
  const lastRow = Math.floor((count - 1) / columns);
  switch (command) {
    case "next":
      return Math.min(at + 1, count - 1);
    case "previous":
      return Math.max(at - 1, 0);
    case "down":
      return Math.floor(at / columns) < lastRow ? Math.min(at + columns, count - 1) : at;
    case "up":
      return at >= columns ? at - columns : at;
    case "first":
      return 0;
    case "last":
      return count - 1;
    default:
      return at;
  }
}
