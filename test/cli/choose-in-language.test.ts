/** A language in which little was taught: which texts go where, and what its labels choose, on encodings that are made up. */
import { describe, expect, it } from "vitest";
import { chooseInLanguage } from "../../cli/evaluate/choose-in-language.ts";
import type { EncodedText } from "../../cli/evaluate/embed-texts.ts";
import { describeLanguage, evaluateInLanguage } from "../../cli/evaluate/evaluate-in-language.ts";
import { keepJudged, splitByLanguage } from "../../cli/evaluate/split-by-language.ts";
import { loadHeadKernels } from "../../cli/shared/head-kernels.ts";
import { characterGrams } from "../../src/text/grams.ts";
import { languageOf } from "../../src/text/language.ts";
import { normalNumbers } from "../head/synthetic.ts";

const NUMBERS = 24;
const options = {
  classIds: ["bad", "good"],
  kernels: loadHeadKernels(),
  priorExponent: 0,
  unknownAlpha: 0.05,
  isForJudgement: true,
};

/** What the encoder makes of a text whose class shows in its first number, more or less, everything else being noise and where the language lies. */
function write(words: string, count: number, sign: number, offset: number, seed: number, blur = 0): EncodedText[] {
  const noise = normalNumbers(seed);
  return Array.from({ length: count }, (_, i) => {
    const isGood = i % 2 === 0;
    const encoder = Float32Array.from({ length: NUMBERS }, (_, d) =>
      d === 0 ? (isGood ? sign : -sign) + offset + blur * noise() : 0.6 * noise(),
    );
    const text = `${words} ${i >> 1}`; // -- characters say nothing of the class
    const sources = { encoder, characters: characterGrams(text) };
    return { classId: isGood ? "good" : "bad", text, sources, unreadShare: 0, milliseconds: 0 };
  });
}
const russian = write("отзыв", 80, 1, 0, 1);
const test = write("리뷰", 60, 1, 1.5, 3);

describe("the language of a text", () => {
  it.each([
    ["Где мой iPhone?", "ru"],
    ["iPhone 환불해 주세요", "ko"],
    ["where is my refund", "en"],
    ["返金", null],
    ["👍 100", null],
  ])("is told by most of the letters of %j", (text, language) => {
    expect(languageOf(text)).toBe(language);
  });
});

describe("texts of two languages", () => {
  it("are split by the language of those to judge", () => {
    const own = write("리뷰", 10, 1, 0, 2);
    const split = splitByLanguage([...russian, ...own], test, [...own, ...russian]);
    expect(split).toMatchObject({
      language: "ko",
      source: { length: 80 },
      labelled: { length: 10 },
      unlabelled: { length: 10 },
    });
  });

  it("are left together where nothing was taught in another language, or those to judge are of several", () => {
    expect(splitByLanguage(russian, write("отзыв", 20, 1, 0, 4))).toBeNull();
    expect(splitByLanguage(russian, [...test, ...write("review", 60, 1, 0, 5)])).toBeNull();
    expect(splitByLanguage(russian.slice(0, 1), test)).toBeNull();
  });
});

describe("texts that nobody has labelled", () => {
  const unlabelled = [...write("리뷰", 3, 1, 0, 17), ...write("отзыв", 3, 1, 0, 18), ...write("10 👍", 1, 1, 0, 19)];
  const languagesLeft = (labelled: readonly EncodedText[]) =>
    keepJudged(labelled, unlabelled).map(({ text }) => languageOf(text));

  it("are left out in a language in which fewer than ten labels judge them, where there are labels in another", () => {
    expect(languagesLeft(russian)).toEqual(["ru", "ru", "ru", null]);
    expect(languagesLeft([...russian, ...write("리뷰", 9, 1, 0, 2)])).toEqual(["ru", "ru", "ru", null]);
    expect(languagesLeft([...russian, ...write("리뷰", 10, 1, 0, 2)]).length).toBe(7);
  });

  it("all count where few labels are of one language, or where there is no label", () => {
    expect(languagesLeft(write("отзыв", 3, 1, 0, 2))).toEqual(["ru", "ru", "ru", null]);
    expect(languagesLeft([]).length).toBe(7);
  });

  it("are named to be labelled first, as many as asked for, of the language alone", () => {
    const own = write("리뷰", 30, 1, 1.5, 6);
    const texts = splitByLanguage(russian, test, [...own, ...russian]);
    if (texts === null) throw new Error("two languages expected");
    const { labelFirst } = evaluateInLanguage(texts, test, { ...options, suggest: 4 });
    expect(new Set(labelFirst).size).toBe(4);
    expect(own.map(({ text }) => text)).toEqual(expect.arrayContaining([...labelFirst]));
    expect(evaluateInLanguage(texts, test, options).labelFirst).toEqual([]);
  });

  it("say nothing while there are too few of them, and the figures say so", () => {
    const few = { language: "ko", source: russian, labelled: [], unlabelled: write("리뷰", 5, 1, 1.5, 6) } as const;
    const { language } = evaluateInLanguage(few, test, options);
    expect(language.chosen).toBe("as taught");
    expect(describeLanguage(language)[1]).toContain("too few to say where texts in it lie, which takes 20");
  });
});

describe("what was taught in another language", () => {
  it("answers as taught without a text of this one, and is moved by the mean of those that nobody has labelled", () => {
    const texts = { language: "ko", source: russian, labelled: [], unlabelled: [] } as const;
    expect(chooseInLanguage(texts, options).way).toBe("as taught");
    const moved = evaluateInLanguage({ ...texts, unlabelled: write("리뷰", 40, 1, 1.5, 6) }, test, options);
    const [asTaught] = moved.language.accuracy;
    expect(moved.language.chosen).toBe("moved");
    expect(moved.accuracy).toBeGreaterThan((asTaught.accuracy ?? 1) + 0.1);
  });

  it("is not mixed with what no label has judged, however many texts there are of it", () => {
    const texts = {
      language: "ko",
      source: russian,
      labelled: [],
      unlabelled: write("설명", 140, 1, 1.5, 12),
    } as const;
    expect(chooseInLanguage(texts, options)).toMatchObject({ way: "moved", unlabelled: 140, tried: [] });
  });

  it("answers together with the labels of this one where these prefer nothing", () => {
    const source = write("отзыв", 80, 1, 0, 1, 1);
    const texts = { language: "ko", source, labelled: write("리뷰", 20, 1, 0, 16, 1), unlabelled: [] } as const;
    const { language, accuracy } = evaluateInLanguage(texts, write("리뷰", 200, 1, 0, 15, 1), options);
    expect(language.chosen).toBe("together");
    expect(language.tried[0]).toMatchObject({ way: "together", characters: 0.5 });
    const alone = language.accuracy.find(({ way }) => way === "labels alone");
    expect(accuracy).toBeGreaterThan(alone?.accuracy ?? 1);
  });

  it("takes no part with texts of another kind than the labelled ones", () => {
    const labelled = write("리뷰", 24, 1, 1.5, 10);
    const texts = { language: "ko", source: russian, labelled } as const;
    const like = chooseInLanguage({ ...texts, unlabelled: write("리뷰", 60, 1, 1.5, 13) }, options);
    expect(like.unlabelled).toBe(60);
    expect(like.tried.map(({ way }) => way)).toContain("moved, with unlabelled");
    const unlike = chooseInLanguage({ ...texts, unlabelled: write("설명서", 60, 1, -1.5, 14) }, options);
    expect(unlike.unlabelled).toBe(0);
    expect(unlike.tried.map(({ way }) => way)).not.toContain("moved, with unlabelled");
  });

  it("is left aside where the labels of this one contradict it", () => {
    const labelled = write("리뷰", 40, -1, 0, 7);
    const texts = { language: "ko", source: russian, labelled, unlabelled: [] } as const;
    const { language, accuracy } = evaluateInLanguage(texts, write("리뷰", 60, -1, 0, 8), options);
    expect(language.chosen).toBe("labels alone");
    expect(language.tried.length).toBeGreaterThan(4);
    expect(accuracy).toBeGreaterThan(0.8);
  });

  it("needs no second class among the labels of this one", () => {
    const labelled = write("리뷰", 60, 1, 1.5, 9).filter(({ classId }) => classId === "good");
    const texts = { language: "ko", source: russian, labelled, unlabelled: [] } as const;
    expect(evaluateInLanguage(texts, test, options).language.chosen).not.toBe("labels alone");
  });
});
