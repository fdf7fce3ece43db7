import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { classFields } from "../../src/http/admin/class-fields.ts";
import { describeFaults, explainType, listFaults } from "../../src/http/field-faults.ts";
import { readImageHeader } from "../../src/image/header.ts";
import { PROBLEM_CODES, problem } from "../../src/shared/problem.ts";
import { idTaken, nameArchived, nameTaken } from "../../src/store/name-problems.ts";
import { describeFailure, readProblem } from "../../src/web/client/problem.ts";
import { kitchen as english } from "../../src/web/texts/kitchen/en.ts";
import { findKitchenTexts } from "../../src/web/texts/kitchen/languages.ts";

const { explain, prepareToExplain } = findKitchenTexts("ru").frame;
beforeAll(prepareToExplain);

/** Meant literally: what files, settings and keys are called. */
const LITERAL = /\b(?:JPEG|PNG|WebP|GIF|HEIC|AVIF|BMP|ADMIN_TOKEN)\b/g;

const HEAD_PURGED = problem(
  "head_purged",
  "The weights of head 4 have been deleted: it was old, or it had seen examples that were to be forgotten. Use another version.",
);

function findLatinWords(text: string): readonly string[] {
  return text.replaceAll(LITERAL, "").match(/[A-Za-z]{2,}/g) ?? [];
}

function refuse(bytes: readonly number[]) {
  const header = readImageHeader(Uint8Array.from(bytes));
  return header.ok ? problem("internal", "") : header.error;
}

function ascii(text: string): readonly number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

function misfill(value: unknown) {
  const { name, aliases, description } = classFields;
  const checked = z.strictObject({ name, aliases, description }).partial().safeParse(value, { error: explainType });
  return problem("bad_request", checked.success ? "" : describeFaults(listFaults(checked.error)));
}

describe("a problem in Russian", () => {
  it.each(PROBLEM_CODES)("has words for %s", (code) => {
    const said = explain({ code, detail: "" });
    expect(said).toMatch(/^[А-Я].*[.)]$/);
    expect(findLatinWords(said)).toEqual([]);
  });

  it.each([
    ["no connection", describeFailure(new TypeError("Failed to fetch"))],
    ["a timeout", describeFailure(new DOMException("late", "TimeoutError"))],
    ["an answer of another shape", describeFailure(new SyntaxError("Unexpected token"))],
    ["a bad gateway", readProblem(502, "<h1>Bad gateway</h1>")],
    ["a name that is taken", nameTaken("Борщ")],
    ["an id that is taken", idTaken("борщ")],
    ["a name that waits in the archive", nameArchived("Борщ", "borscht")],
    ["an empty name", misfill({ name: " " })],
    ["a long description", misfill({ description: "а".repeat(501) })],
    ["a name of two lines", misfill({ name: "щи\nборщ" })],
    ["many aliases", misfill({ aliases: Array(21).fill("щи") })],
    ["weights that are gone", HEAD_PURGED],
    ["an empty photo", refuse([])],
    ["no photo", refuse([1, 2, 3])],
    ["a photo that is cut off", refuse([0xff, 0xd8, 0xff])],
    ["HEIC", refuse([0, 0, 0, 0, ...ascii("ftypheic")])],
    ["a bitmap", refuse(ascii("BM"))],
  ])("explains %s", (_, { code, detail }) => {
    expect(findLatinWords(explain({ code, detail }))).toEqual([]);
  });

  it("keeps the figures and the names", () => {
    expect(explain(nameTaken("Борщ"))).toContain("«Борщ»");
    expect(explain(HEAD_PURGED)).toContain("версии 4");
    expect(explain(misfill({ description: "а".repeat(501) }))).toBe(
      "Описание не помещается: можно не больше 500 знаков.",
    );
    expect(explain(readProblem(502, ""))).toContain("502");
  });

  it("shows the field that is wrong where it has no words for the fault", () => {
    expect(explain({ code: "bad_request", detail: "threshold: must be a number" })).toBe(
      "В запросе что-то не так. (threshold: must be a number)",
    );
  });

  it("shows what it has no words for as it is", () => {
    expect(explain({ code: "brand_new", detail: "A new thing." })).toBe("A new thing.");
    expect(explain({ code: "constructor", detail: "A new thing." })).toBe("A new thing.");
  });
});

describe("a problem in English", () => {
  it("is what the API says", () => {
    expect(english.frame.explain(HEAD_PURGED)).toBe(HEAD_PURGED.detail);
  });
});
