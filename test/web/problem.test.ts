import { describe, expect, it } from "vitest";
import { DecodeError } from "../../src/web/client/decode.ts";
import { describeFailure, readProblem } from "../../src/web/client/problem.ts";
import { explainToGuest } from "../../src/web/guests/guest-problems.ts";
import { texts } from "../../src/web/texts/en.ts";

describe("readProblem", () => {
  it("keeps the code and the sentence of the API", () => {
    const says = [{ code: "too_few_items", params: { items: 1, needed: 2 } }];
    const body = { type: "about:blank", status: 409, code: "no_head", detail: "Add photos.", says };
    expect(readProblem(409, JSON.stringify(body))).toEqual({
      status: 409,
      code: "no_head",
      detail: "Add photos.",
      says,
    });
  });

  it.each([
    ["none", undefined],
    ["no list", "too_few_items"],
    ["a code that is none", [{ code: 7, params: {} }]],
    ["parameters of another kind", [{ code: "too_few_items", params: { items: [1] } }]],
  ])("keeps the sentence of the API beside codes of another shape: %s", (_, says) => {
    const body = { type: "about:blank", status: 409, code: "no_head", detail: "Add photos.", says };
    expect(readProblem(409, JSON.stringify(body))).toMatchObject({ detail: "Add photos.", says: [] });
  });

  it("finds words for an answer that is not the API's", () => {
    expect(readProblem(502, "<h1>Bad gateway</h1>")).toMatchObject({ status: 502, code: "unreadable" });
  });
});

describe("describeFailure", () => {
  it.each([
    ["offline", new TypeError("Failed to fetch"), "offline"],
    ["a timeout", new DOMException("late", "TimeoutError"), "timeout"],
    ["a cancelled request", new DOMException("gone", "AbortError"), "aborted"],
    ["an answer of another shape", new DecodeError("answer.items is not a list"), "unreadable"],
    ["an answer that is not JSON", new SyntaxError("Unexpected token"), "unreadable"],
  ])("recognises %s", (_, thrown, code) => {
    expect(describeFailure(thrown)).toMatchObject({ status: 0, code });
  });
});

describe("explainToGuest", () => {
  it.each([
    ["receipt_expired", "again"],
    ["receipt_invalid", "again"],
    ["backbone_mismatch", "again"],
    ["not_an_image", "other-photo"],
    ["image_too_large", "other-photo"],
    ["no_head", "none"],
    ["offline", "again"],
    ["internal", "again"],
  ])("offers for %s: %s", (code, remedy) => {
    expect(explainToGuest(code, texts).remedy).toBe(remedy);
  });

  it("asks for another look when the receipt has expired", () => {
    expect(explainToGuest("receipt_expired", texts).text).toContain("look at the photo again");
  });
});
