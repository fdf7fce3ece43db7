import { beforeAll, describe, expect, it } from "vitest";
import { z } from "zod";
import { readImageHeader } from "../../src/image/header.ts";
import { classFields } from "../../src/operations/class-fields.ts";
import { explainType, listFaults, refuseFields } from "../../src/operations/field-faults.ts";
import * as access from "../../src/shared/english/access.ts";
import * as drift from "../../src/shared/english/drift.ts";
import * as fields from "../../src/shared/english/fields.ts";
import * as files from "../../src/shared/english/files.ts";
import * as gates from "../../src/shared/english/gates.ts";
import * as inputs from "../../src/shared/english/inputs.ts";
import * as labels from "../../src/shared/english/labels.ts";
import * as menu from "../../src/shared/english/menu.ts";
import * as photos from "../../src/shared/english/photos.ts";
import * as requests from "../../src/shared/english/requests.ts";
import * as rows from "../../src/shared/english/rows.ts";
import * as runs from "../../src/shared/english/runs.ts";
import * as sums from "../../src/shared/english/sums.ts";
import * as versions from "../../src/shared/english/versions.ts";
import { PROBLEM_CODES } from "../../src/shared/problem.ts";
import { describeFailure, readProblem } from "../../src/web/client/problem.ts";
import * as english from "../../src/web/texts/kitchen/en.ts";
import { findKitchenTexts } from "../../src/web/texts/kitchen/languages.ts";
import { WORDS_OF_PHOTOS } from "../support/words-of-photos.ts";

const { explain, prepareToExplain } = findKitchenTexts("ru").frame;
const ofTexts = findKitchenTexts("ru", true).frame;
beforeAll(prepareToExplain);
beforeAll(ofTexts.prepareToExplain);

/** Meant literally: what files, settings, commands, keys and services are called. */
const LITERAL =
  /\b(?:JPEG|PNG|WebP|GIF|HEIC|AVIF|BMP|TIFF|RAW|CSV|TSV|JSON|UTF|base64|[A-Z]+_[A-Z_]+|Cloudflare(?: Access)?|Workers (?:AI|Paid)|wrangler\.toml|npm start|headstart reembed(?: --end)?|Enter)\b/g;

function findLatinWords(text: string): readonly string[] {
  return text.replaceAll(LITERAL, "").match(/[A-Za-z]{2,}/g) ?? [];
}

function refuse(bytes: readonly number[]) {
  const header = readImageHeader(Uint8Array.from(bytes));
  return header.ok ? requests.somethingBroke() : header.error;
}

function ascii(text: string): readonly number[] {
  return Array.from(text, (letter) => letter.charCodeAt(0));
}

function misfill(value: unknown) {
  const { name, aliases, description } = classFields;
  const checked = z.strictObject({ name, aliases, description }).partial().safeParse(value, { error: explainType });
  return refuseFields(checked.success ? [] : listFaults(checked.error));
}

/** Every sentence of the catalogue, filled in with a role or a field where it takes one, otherwise with a number. */
const CODES = [access, fields, files, inputs, labels, menu, photos, requests, versions].flatMap((part) =>
  Object.values(part).map(({ says }) => says),
);
const WORDS = { least: "label", role: "label", field: "", format: "JPEG" };
const ANYTHING = new Proxy<Readonly<Record<string, string>>>(WORDS, { get: (words, name) => words[String(name)] ?? 4 });
const problemWith = (code: string) => ({ code: "internal", detail: "", says: [{ code, params: ANYTHING }] });

/** What both kinds of deployments can say; `photos`, and the images in base64, are refused where photos are read. */
const OF_BOTH = [access, drift, fields, files, gates, inputs, labels, menu, requests, rows, runs, sums, versions]
  .flatMap((part) => Object.values(part).map((make): [code: string, make: unknown] => [make.says, make]))
  .filter(([code]) => !["reads_texts_only", "no_base64_field", "address_not_fetched", "broken_base64"].includes(code));

describe("a sentence in English", () => {
  it.each(OF_BOTH)("says %s without a photo and a menu, since a deployment may read texts", (_, make) => {
    if (typeof make !== "function") throw new Error("the catalogue holds makers alone");
    const { text, detail }: { text?: unknown; detail?: unknown } = Reflect.apply(make, undefined, [ANYTHING]);
    const said = String(text ?? detail);
    expect(said).not.toBe("undefined");
    expect(said.replaceAll("/v1/menu", "")).not.toMatch(WORDS_OF_PHOTOS);
  });
});

describe("a problem in Russian", () => {
  it.each(PROBLEM_CODES)("has words for %s where no sentence came", (code) => {
    const said = explain({ code, detail: "", says: [] });
    expect(said).toMatch(/^[А-Я].*[.)]$/);
    expect(findLatinWords(said)).toEqual([]);
  });

  it("knows its sentences by a code each", () => {
    expect(CODES).toHaveLength(new Set(CODES).size);
  });

  it.each(CODES)("says %s without a word of English, and of texts without a photo", (code) => {
    const said = explain(problemWith(code));
    expect(said).toMatch(/^[«А-ЯA-Z].*[.)]$/s);
    expect(findLatinWords(said)).toEqual([]);
    // What only photos are refused for is said of photos wherever it is read.
    const isOfPhotos = Object.values(photos).some(({ says }) => says === code);
    if (!isOfPhotos) expect(ofTexts.explain(problemWith(code))).not.toMatch(/фото|меню|блюд/i);
  });

  it.each([
    ["no connection", describeFailure(new TypeError("Failed to fetch"))],
    ["a timeout", describeFailure(new DOMException("late", "TimeoutError"))],
    ["an answer of another shape", describeFailure(new SyntaxError("Unexpected token"))],
    ["a bad gateway", readProblem(502, "<h1>Bad gateway</h1>")],
    ["a name that is taken", menu.nameTaken({ name: "Борщ" })],
    ["an empty name", misfill({ name: " " })],
    ["a long description", misfill({ description: "а".repeat(501) })],
    ["a name of two lines", misfill({ name: "щи\nборщ" })],
    ["many aliases", misfill({ aliases: Array(21).fill("щи") })],
    ["an empty photo", refuse([])],
    ["no photo", refuse([1, 2, 3])],
    ["a photo that is cut off", refuse([0xff, 0xd8, 0xff])],
    ["HEIC", refuse([0, 0, 0, 0, ...ascii("ftypheic")])],
    ["a bitmap", refuse(ascii("BM"))],
  ])("explains %s", (_, problem) => {
    expect(findLatinWords(explain(problem))).toEqual([]);
  });

  it("keeps the figures and the names", () => {
    expect(explain(menu.nameTaken({ name: "Борщ" }))).toContain("«Борщ»");
    expect(explain(versions.versionPurged({ version: 4 }))).toContain("версии 4");
    expect(explain(misfill({ description: "а".repeat(501) }))).toBe(
      "Описание не помещается: можно не больше 500 знаков.",
    );
    expect(explain(misfill({ name: "", aliases: Array(21).fill("щи") }))).toBe(
      "Название: здесь пусто. Других названий может быть не больше 20.",
    );
    expect(explain(photos.tooManyPixels({ width: 5000, height: 4000, limit: 3e6, kind: "baseline" }))).toContain(
      "5000\u00a0×\u00a04000 = 20,0 мегапикселя; такие здесь читаются до 3,0.",
    );
    expect(explain(readProblem(502, ""))).toContain("502");
  });

  it("shows the field that is wrong where it has no words for the fault", () => {
    const said = "В запросе что-то не так. (threshold: must be a number)";
    expect(explain(refuseFields([fields.fieldWrong({ field: "threshold", fault: "must be a number" })]))).toBe(said);
    const ofOlderVersion = { code: "bad_request", detail: "threshold: must be a number", says: [] };
    expect(explain(ofOlderVersion)).toBe(said);
  });

  it("says a sentence that it does not know by the code of the problem", () => {
    const newer = { code: "class_exists", detail: "A new thing.", says: [{ code: "brand_new", params: {} }] };
    expect(explain(newer)).toBe("Такое блюдо в меню уже есть.");
  });

  it("shows what it has no words for as it is", () => {
    expect(explain({ code: "brand_new", detail: "A new thing.", says: [] })).toBe("A new thing.");
    expect(explain({ code: "constructor", detail: "A new thing.", says: [] })).toBe("A new thing.");
    const says = [{ code: "constructor", params: {} }];
    expect(explain({ code: "brand_new", detail: "A new thing.", says })).toBe("A new thing.");
  });
});

describe("a problem in English", () => {
  it("is what the API says", () => {
    const purged = versions.versionPurged({ version: 4 });
    expect(english.frame.explain(purged)).toBe(purged.detail);
  });
});
