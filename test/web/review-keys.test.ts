import { describe, expect, it } from "vitest";
import {
  KEY_HELP,
  moveInQueue,
  type PressedKey,
  type ReviewCommand,
  readReviewKey,
} from "../../src/web/client/review-keys.ts";

function press(key: string, modifiers: Partial<PressedKey> = {}): PressedKey {
  return { key, code: "", ctrlKey: false, metaKey: false, altKey: false, ...modifiers };
}

describe("the keys of the review queue", () => {
  it.each<[string, ReviewCommand]>([
    ["j", "next"],
    ["J", "next"],
    ["ArrowDown", "down"],
    ["Enter", "accept"],
    [" ", "select"],
    ["x", "reject"],
    ["z", "undo"],
  ])("reads %j as %s on a card", (key, command) => {
    expect(readReviewKey(press(key), true)).toBe(command);
  });

  it.each<[string, string, ReviewCommand | null]>([
    ["о", "KeyJ", "next"],
    ["Л", "KeyK", "previous"],
    ["ф", "KeyA", "accept"],
    ["к", "KeyR", "relabel"],
    ["ч", "KeyX", "reject"],
    ["я", "KeyZ", "undo"],
    ["χ", "KeyX", "reject"],
    ["й", "KeyQ", null],
    ["х", "BracketLeft", null],
    // Latin letters mean what they write, wherever they are on the keyboard.
    ["q", "KeyA", null],
    ["ö", "KeyX", null],
    ["a", "KeyQ", "accept"],
  ])("reads %j on the key %s as %s", (key, code, command) => {
    expect(readReviewKey(press(key, { code }), true)).toBe(command);
    expect(readReviewKey(press(key, { code, ctrlKey: true }), true)).toBeNull();
  });

  it("leaves Enter and Space to the control that has the focus", () => {
    expect(readReviewKey(press("Enter"), false)).toBeNull();
    expect(readReviewKey(press(" "), false)).toBeNull();
    expect(readReviewKey(press("x"), false)).toBe("reject");
  });

  it("leaves every key with a modifier, and all others, to the browser", () => {
    expect(readReviewKey(press("a", { ctrlKey: true }), true)).toBeNull();
    expect(readReviewKey(press("z", { ctrlKey: true }), true)).toBeNull();
    expect(readReviewKey(press("r", { metaKey: true }), true)).toBeNull();
    expect(readReviewKey(press("ArrowLeft", { altKey: true }), true)).toBeNull();
    expect(readReviewKey(press("q"), true)).toBeNull();
    expect(readReviewKey(press("Tab"), true)).toBeNull();
  });

  it("names only keys that do something", () => {
    const named = KEY_HELP.flatMap(([keys]) => keys.map((key) => (key === "Space" ? " " : key)));
    for (const key of named) expect(readReviewKey(press(key), true), key).not.toBeNull();
  });
});

describe("a step through the queue", () => {
  // Seven cards in rows of three: 0 1 2 / 3 4 5 / 6.
  it.each<[ReviewCommand, number, number]>([
    ["next", 0, 1],
    ["next", 6, 6],
    ["previous", 0, 0],
    ["previous", 3, 2],
    ["down", 1, 4],
    ["down", 5, 6],
    ["down", 6, 6],
    ["up", 4, 1],
    ["up", 1, 1],
    ["first", 5, 0],
    ["last", 0, 6],
  ])("%s from %i leads to %i", (command, from, to) => {
    expect(moveInQueue(command, from, 7, 3)).toBe(to);
  });
});
