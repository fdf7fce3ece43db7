import { describe, expect, it } from "vitest";
import { describeFound, findInCell } from "../../src/web/client/confusion.ts";

const PHOTO = { photo: "ab", givenProbability: 0.1, suggestedProbability: 0.9, copies: [], picture: false, text: null };

describe("the photos behind a cell of the confusion matrix", () => {
  it("are those of its row that were answered as its column, in their order", () => {
    const wanted = { ...PHOTO, given: "a", suggested: "b" };
    const second = { ...wanted, photo: "cd" };
    const others = [
      { ...PHOTO, given: "b", suggested: "a" },
      { ...PHOTO, given: "a", suggested: "c" },
    ];
    const cell = { given: "a", answered: "b", count: 2 };
    expect(findInCell([wanted, ...others, second], cell)).toEqual([wanted, second]);
  });

  it("are counted, with the reason for those that are missing", () => {
    expect(describeFound(2, 2)).toMatch(/^Where no picture is kept/);
    expect(describeFound(1, 3)).toMatch(/^1 of 3: where the answer was far ahead/);
    expect(describeFound(0, 3)).toMatch(/^Nothing to decide/);
  });
});
