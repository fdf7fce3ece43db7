import { describe, expect, it } from "vitest";
import { canonicalLanguage, collectLanguages, lookUpLanguage, nameIn } from "../../src/shared/language.ts";

describe("looking a language up", () => {
  it.each([
    ["the tag itself", "de", ["en", "de"], "de"],
    ["whatever the case", "DE-at", ["de-AT"], "de-AT"],
    ["a shorter tag for a longer range", "de-AT", ["de"], "de"],
    ["no longer tag for a shorter range", "de", ["de-AT"], undefined],
    ["the nearest of the shorter ones", "zh-Hant-TW", ["zh", "zh-Hant"], "zh-Hant"],
    ["a single letter together with what it introduces", "de-x-private", ["de-x", "de"], "de"],
    ["nothing for any language", "*", ["de"], undefined],
    ["nothing where there is nothing", "de", [], undefined],
    ["nothing for a broken range", "--", ["de"], undefined],
  ])("finds %s", (_case, range, tags, expected) => {
    expect(lookUpLanguage(range, tags)).toBe(expected);
  });

  it("names an item in that language, and by its own name where it has no translation", () => {
    const names = { de: "Vier Käse", "pt-BR": "Quatro queijos" };
    expect(nameIn("de-CH", "Four Cheese", names)).toBe("Vier Käse");
    expect(nameIn("pt", "Four Cheese", names)).toBe("Four Cheese");
    expect(nameIn(undefined, "Four Cheese", names)).toBe("Four Cheese");
    expect(collectLanguages([names, { de: "x" }, {}])).toEqual(["de", "pt-BR"]);
  });

  it("spells tags as BCP 47 does, and refuses what is none", () => {
    expect(["PT-br", "zh-hant-tw", "x", "german language"].map(canonicalLanguage)).toEqual([
      "pt-BR",
      "zh-Hant-TW",
      null,
      null,
    ]);
  });
});
