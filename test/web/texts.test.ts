import { readdir } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { peopleSendOtherThings } from "../../src/shared/english/drift.ts";
import { newItemsTake, tooFewToCompare } from "../../src/shared/english/gates.ts";
import { labelChangedSince } from "../../src/shared/english/labels.ts";
import { itemOfCorrectionArchived, nameTaken, noSuchItem } from "../../src/shared/english/menu.ts";
import { tookIn, unsolved, wentLive } from "../../src/shared/english/runs.ts";
import { onlyOneShown } from "../../src/shared/english/sums.ts";
import { tellAll } from "../../src/shared/sentence.ts";
import { explainToGuest } from "../../src/web/guests/guest-problems.ts";
import { describeReadiness } from "../../src/web/guests/wording.ts";
import { texts as englishForTexts } from "../../src/web/texts/for-texts/en.ts";
import { findWritingTexts } from "../../src/web/texts/for-texts/languages.ts";
import * as kitchen from "../../src/web/texts/kitchen/en.ts";
import { findKitchenTexts } from "../../src/web/texts/kitchen/languages.ts";
import { findTexts, LANGUAGES } from "../../src/web/texts/languages.ts";
import { WORDS_OF_PHOTOS } from "../support/words-of-photos.ts";

/** What the API says, in other words: `work-words.test.ts`, `problem-words.test.ts` and `record-words.test.ts` call these. */
const OF_THE_API: readonly string[] = [
  ".frame.tell",
  ".frame.explain",
  ".frame.prepareToExplain",
  ".transfer.importing.row",
];

/** Texts that come when they are needed. */
const LATER: readonly string[] = [
  ...[".loadBackbone", ".loadBackups", ".loadCamera", ".loadLook", ".loadMap", ".loadPlaces", ".loadPool"],
  ...[".loadTeacher", ".loadTesting", ".loadWebhooks"],
  ".keys.limits.loadNames",
];

/** Every text of a language by its path; texts that are made of figures or names are called with some. */
function listTexts(value: unknown, path = "", figures: readonly unknown[] = [0.5, "B"]): [string, string][] {
  if (typeof value === "string") return [[path, value]];
  if (typeof value === "function")
    return [...OF_THE_API, ...LATER].includes(path) ? [] : [[path, String(value(...figures))]];
  return Object.entries(value ?? {}).flatMap(([key, inner]) => listTexts(inner, `${path}.${key}`, figures));
}

type OperatorTexts = Pick<
  typeof kitchen,
  | "loadBackbone"
  | "loadBackups"
  | "loadLook"
  | "loadMap"
  | "loadPlaces"
  | "loadPool"
  | "loadTeacher"
  | "loadTesting"
  | "loadWebhooks"
>;

/** Texts of what the operator may switch on, and of places that few open. */
async function loadOperators(texts: OperatorTexts) {
  return {
    backbone: await texts.loadBackbone(),
    backups: await texts.loadBackups(),
    look: await texts.loadLook(),
    map: await texts.loadMap(),
    places: await texts.loadPlaces(),
    pool: await texts.loadPool(),
    teacher: await texts.loadTeacher(),
    testing: await texts.loadTesting(),
    webhooks: await texts.loadWebhooks(),
  };
}

/** What functions of texts are called with, so that each of their branches speaks. */
const TALLY = { stored: 2, relabelled: 1, duplicates: 1, pending: 1, refused: 1, photos: 3, corrections: 2, moved: 1 };
const FIGURES: readonly (readonly unknown[])[] = [
  [0, "B", "C", 0],
  [1, "B", "C", 1],
  [7, null, 7, 7],
  // Some take one object of figures, some a figure.
  [Object.assign(Object(3), TALLY), 3, 4, 5],
  [Object.assign(Object(1), { ...TALLY, photos: 0 }), 1, 1, 1],
];

const [english] = LANGUAGES;
describe("the languages", () => {
  it("has every file of the folder in the list, and finds each by its tag", async () => {
    const files = await readdir("src/web/texts");
    const tags = files.map((file) => file.replace(".ts", "")).filter((name) => /^[a-z]{2}$/.test(name));
    expect(LANGUAGES.map(({ tag }) => tag).toSorted()).toEqual(tags.toSorted());
    for (const { tag } of LANGUAGES) expect(findTexts(tag).tag).toBe(tag);
    expect(findTexts("tlh").tag).toBe("en");
  });

  it.each(LANGUAGES.slice(1))("has a text of its own under every key in $tag", (texts) => {
    const own = new Map(listTexts(texts));
    const shared = listTexts(english).filter(([path, text]) => own.get(path) === text);
    // Only a bare figure is written alike.
    expect(shared.filter(([path]) => path !== ".formatScore")).toEqual([]);
    expect([...own.values()].filter((text) => text.trim() === "")).toEqual([]);
  });

  it.each(LANGUAGES.slice(1))(
    "has a text of its own under every key for a deployment that reads texts in $tag",
    ({ tag }) => {
      const own = new Map(listTexts(findWritingTexts(tag)));
      const shared = listTexts(englishForTexts).filter(([path, text]) => own.get(path) === text);
      expect(shared.filter(([path]) => path !== ".formatScore")).toEqual([]);
    },
  );

  it.each(LANGUAGES)("speaks of no photo and no menu where the deployment reads texts, in $tag", ({ tag }) => {
    // Of photos alone: the page for texts has no such part, and the API no such problem.
    const ofPhotos = /^\.(intake|device)\.|^\.problems\.(not_an_image|image_)/;
    const said = listTexts(findWritingTexts(tag)).filter(([path]) => !ofPhotos.test(path));
    expect(said.filter(([, text]) => /photo|picture|menu|dish|фото|меню|блюд/i.test(text))).toEqual([]);
  });

  it.each(LANGUAGES)(
    "speaks of no photo and no menu in the kitchen where the deployment reads texts, in $tag",
    async ({ tag }) => {
      const { words: _words, ...found } = findKitchenTexts(tag, true);
      const texts = { ...found, ...(await loadOperators(found)) };
      // The page for texts has no camera.
      const said = FIGURES.flatMap((figures) => listTexts(texts, "", figures)).filter(
        ([path]) => path !== ".items.cameraTitle",
      );
      expect(said.length).toBeGreaterThan(1_500);
      expect(said.filter(([, text]) => WORDS_OF_PHOTOS.test(text))).toEqual([]);
    },
  );

  it.each(LANGUAGES.slice(1))(
    "has a text of its own under every key of the kitchen for texts in $tag",
    async ({ tag }) => {
      const { words, ...translated } = findKitchenTexts(tag, true);
      const { words: _words, ...original } = findKitchenTexts("en", true);
      const own = new Map(listTexts({ ...translated, ...(await loadOperators(translated)) }));
      expect(
        listTexts({ ...original, ...(await loadOperators(original)) }).filter(([path, text]) => own.get(path) === text),
      ).toEqual([]);
      expect(words.dates).not.toBe("en-GB");
    },
  );

  it("says in the kitchen for texts what the API says of photos", async () => {
    const [english, russian] = ["en", "ru"].map((tag) => findKitchenTexts(tag, true).frame);
    await russian?.prepareToExplain();
    const sentences = [
      tooFewToCompare({ samples: 3, version: 2 }),
      tookIn({ labels: 12 }),
      newItemsTake({ items: 2, now: 0.71, samples: 30, before: 0.9, version: 3, mayTake: 0.2 }),
      peopleSendOtherThings(),
      tellAll([unsolved(), onlyOneShown({ id: "refund" })]),
      wentLive({ version: 5, items: 3, examples: 30, labels: 30 }),
    ];
    const details = [
      nameTaken({ name: "Refund" }),
      noSuchItem({ item: "refund" }),
      itemOfCorrectionArchived({ item: "refund" }),
      labelChangedSince(),
    ];
    for (const frame of [english, russian]) {
      const said = [
        ...sentences.map(({ text, says }) => frame?.tell(text, says) ?? ""),
        ...details.map((one) => frame?.explain(one) ?? ""),
      ];
      expect(
        said.filter(
          (text) =>
            text === "" ||
            WORDS_OF_PHOTOS.test(text) ||
            (frame === russian && /[a-z]{4}/.test(text.replace(/refund/i, ""))),
        ),
      ).toEqual([]);
    }
  });

  it.each(LANGUAGES.slice(1))("has a text of its own under every key of the kitchen in $tag", async ({ tag }) => {
    // Numbers and lists, which are written alike in part.
    const { words: ownWords, ...translated } = findKitchenTexts(tag);
    const { words, ...original } = kitchen;
    const later = async (texts: OperatorTexts & Pick<typeof kitchen, "loadCamera">) => ({
      camera: await texts.loadCamera(),
      ...(await loadOperators(texts)),
    });
    const own = new Map(listTexts({ ...translated, ...(await later(translated)) }));
    expect(
      listTexts({ ...original, ...(await later(original)) }).filter(([path, text]) => own.get(path) === text),
    ).toEqual([]);
    expect(ownWords.dates).not.toBe(words.dates);
  });

  it.each([
    [1, "Я знаю 1 название,"],
    [3, "Я знаю 3 названия,"],
    [5, "Я знаю 5 названий,"],
    [11, "Я знаю 11 названий,"],
    [21, "Я знаю 21 название,"],
    [112, "Я знаю 112 названий,"],
  ])("counts %d in Russian", (count, start) => {
    const { detail } = describeReadiness({ items: Array(count).fill(null), headVersion: null }, findTexts("ru"));
    expect(detail.startsWith(start)).toBe(true);
  });

  it.each([
    ["en", "<1%", "91%", ">99%"],
    ["ru", "<1\u00a0%", "91\u00a0%", ">99\u00a0%"],
  ])("never claims certainty in %s", (tag, least, middle, most) => {
    expect([0, 0.914, 1].map(findTexts(tag).formatScore)).toEqual([least, middle, most]);
  });

  it.each(LANGUAGES)("has words for what has none of its own in $tag", (texts) => {
    expect(explainToGuest("storage_unavailable", texts)).toEqual({ text: texts.problems.other, remedy: "again" });
    expect(explainToGuest("constructor", texts).text).toBe(texts.problems.other);
  });
});
