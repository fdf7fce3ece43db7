import { expect, it } from "vitest";
import { onePerPicture } from "../../src/web/client/one-per-picture.ts";

const doubt = (photo: string, ...copies: readonly string[]) => ({
  photo,
  given: "a",
  suggested: "b",
  givenProbability: 0.5,
  suggestedProbability: 0.5,
  copies: copies.map((copy) => ({ photo: copy, label: "b" })),
  picture: false,
  text: null,
});

it("a picture that is stored under several items is one row, where it was first", () => {
  const [first, alone, second, third] = [doubt("1", "3", "4"), doubt("2"), doubt("3", "1"), doubt("4", "1")];
  expect(onePerPicture([first, alone, second, third])).toEqual([first, alone]);
});
