import { describe, expect, it } from "vitest";
import { describeAudit } from "../../src/web/client/audit-words.ts";
import { describeExample, describeSuspect, shortPhoto } from "../../src/web/client/example-words.ts";
import { auditLog } from "../../src/web/client/history-answers.ts";
import { isSameName } from "../../src/web/client/same-name.ts";
import { findKitchenTexts } from "../../src/web/texts/kitchen/languages.ts";

const NAMES = new Map([
  ["a", "Hawaiian"],
  ["b", "Tuna"],
]);
const PHOTO = "3fa1b2c4".padEnd(64, "0");

describe("what a tool will do to an item, said before it is done", () => {
  const { merge, delete: removal } = findKitchenTexts("en").itemTools;

  it("is, for merging, who gets the photos and who leaves", () => {
    expect(merge.meaning(12, "Tuna", "Hawaiian")).toBe(
      "All 12 photos of Tuna will count as Hawaiian, and corrections that wait for Tuna will be about Hawaiian. " +
        "Tuna leaves the menu. This cannot be undone in one step.",
    );
    expect(merge.meaning(0, "Tuna", "Hawaiian")).toMatch(/^Corrections that wait for Tuna/);
  });

  it.each([
    [0, "It has no photos."],
    [1, "Its 1 photo will be forgotten."],
    [1200, "All 1,200 photos will be forgotten."],
  ])("is, for deleting, that %d photos are forgotten", (examples, words) => {
    expect(removal.meaning(examples, "Tuna")).toContain(words);
  });

  it.each([
    [0, 0, "Tuna is gone, with 0 photos."],
    [1, 1, "Tuna is gone, with 1 photo and 1 correction."],
    [12, 2, "Tuna is gone, with 12 photos and 2 corrections."],
  ])("is, once deleted, that %d photos and %d corrections went along", (photos, corrections, words) => {
    expect(removal.done(photos, "Tuna", corrections)).toBe(`${words} Train to make a version that has never seen it.`);
  });

  it.each([
    [0, 0, "Фото у него нет.", "Блюдо «Тунец» удалено. "],
    [1, 1, "Единственное фото будет забыто.", "Блюдо «Тунец» удалено вместе с 1 фото и 1 поправкой."],
    [1200, 22, "Все 1\u00a0200 фото будут забыты.", "Блюдо «Тунец» удалено вместе с 1\u00a0200 фото и 22 поправками."],
  ])("is told in Russian with its endings for %d photos and %d corrections", (photos, corrections, before, after) => {
    const russian = findKitchenTexts("ru").itemTools.delete;
    expect(russian.meaning(photos, "Тунец")).toContain(before);
    expect(russian.done(photos, "Тунец", corrections)).toContain(after);
  });

  it.each([
    ["Four Cheese", true],
    ["  four   cheese ", true],
    ["four chees", false],
    ["", false],
  ])("takes %j for the name Four Cheese: %s", (typed, expected) => {
    expect(isSameName(typed, "Four Cheese")).toBe(expected);
  });
});

describe("a labelled photo in words", () => {
  const example = {
    photo: PHOTO,
    label: "a",
    source: "guest",
    purpose: "learn",
    absorbed: true,
    labelledAt: "2026-01-01T00:00:00Z",
    confirmedAt: null,
    picture: false,
    text: null,
  };

  it("says where it came from and whether it counts", () => {
    expect(shortPhoto(PHOTO)).toBe("3fa1b2c4");
    expect(describeExample(example)).toBe("from a guest, learned");
    expect(describeExample({ ...example, purpose: "test" })).toBe("from a guest, set aside for testing");
    expect(describeExample({ ...example, purpose: "test", absorbed: false })).toBe(
      "from a guest, set aside from the next training on",
    );
    expect(describeExample({ ...example, source: "import", absorbed: false, confirmedAt: "2026-01-02" })).toBe(
      "imported, not learned yet, confirmed",
    );
  });

  it("says what speaks against a doubted label", () => {
    const probabilities = { givenProbability: 0.004, suggestedProbability: 0.94 };
    const suspect = {
      photo: PHOTO,
      given: "a",
      suggested: "b",
      ...probabilities,
      copies: [],
      picture: false,
      text: null,
    };
    expect(describeSuspect(suspect, NAMES)).toBe("The other photos speak for Tuna (94%), hardly for Hawaiian (<1%).");
    const stranger = { ...suspect, suggested: ":none" };
    expect(describeSuspect(stranger, NAMES)).toBe("It looks unlike all the other photos.");
  });
});

describe("the audit log in sentences", () => {
  it.each([
    ["head.activate", { version: 3, hold: false }, "Version 3 made live."],
    ["head.activate", { version: 3, hold: true }, "Version 3 made live, and later versions held."],
    ["class.create", { class: "a" }, "Hawaiian put on the menu."],
    ["class.change", { class: "a", fields: ["name"] }, "Hawaiian changed."],
    ["examples.label", { class: "b", photos: 2, source: "admin" }, "2 photos labelled Tuna."],
    [
      "examples.label",
      { class: "b", photos: 10, relabelled: 3, from: "a", source: "import" },
      "10 photos labelled Tuna; 3 had another label before.",
    ],
    ["examples.label", { class: "b" }, "Photos labelled Tuna."],
    ["reviews.decide", { accept: 3, relabel: 0, reject: 1 }, "Corrections decided: 3 accepted, 1 rejected."],
    ["reviews.decide", {}, "Corrections decided."],
    ["reviews.accept", { agreed: 1 }, "1 correction accepted, because guests agreed."],
    ["reviews.undo", { decisions: 2 }, "2 decisions on corrections taken back."],
    ["reviews.skip", { named: 1 }, "1 correction left for later."],
    ["pool.dismiss", { photos: 1 }, "A photo that I was unsure of left out, without a label."],
    ["pool.empty", { photos: 12 }, "All that I was unsure of left out, without a label: 12 photos."],
    ["place.create", { place: "terrace" }, "The place terrace added."],
    ["place.change", { place: "terrace", fields: "on" }, "The place terrace changed."],
    ["place.delete", { place: "terrace" }, "The place terrace deleted."],
    ["training.run", { rebuild: false, outcome: "idle" }, "A training run started by hand."],
    ["class.merge", { class: "b", into: "a" }, "Tuna merged into Hawaiian."],
    [
      "class.delete",
      { class: "anchovy", examples: 12, reviews: 1 },
      "anchovy deleted for good, with 12 photos and 1 correction.",
    ],
    ["example.relabel", { to: "b" }, "A photo relabelled as Tuna."],
    ["photos.forget", { photos: 3, examples: 2, reviews: 0 }, "Forgotten: 2 photos."],
    ["contributor.forget", { examples: 1, reviews: 2 }, "All of one contributor forgotten: 1 photo and 2 corrections."],
    ["teacher.forget", { answers: 12 }, "All that the teacher said forgotten."],
    ["keys.make", { key: "k", role: "classify" }, "A key made that asks about photos."],
    ["keys.rotate", { key: "k" }, "A key given a new secret."],
    ["keys.revoke", { key: "k" }, "A key revoked."],
    ["limits.change", { perDay: 4 }, "limits.change"],
  ])("tells of %s %j", (action, detail, words) => {
    const answer = auditLog(
      { entries: [{ id: 1, at: "2026-01-01T00:00:00Z", actor: "admin", action, detail }] },
      "answer",
    );
    expect(describeAudit(answer.entries[0], NAMES)).toBe(words);
  });
});
