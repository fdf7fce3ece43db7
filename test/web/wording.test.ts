import { describe, expect, it } from "vitest";
import { NONE_ID } from "../../src/shared/none-label.ts";
import { describeAnswer, describeLimits, listReplies } from "../../src/web/guests/wording.ts";
import { texts } from "../../src/web/texts/en.ts";
import { texts as russian } from "../../src/web/texts/ru.ts";

function predict(scores: Readonly<Record<string, number>>, unknown = false, undecided = false) {
  const predictions = Object.entries(scores).map(([name, score]) => ({ label: name.toLowerCase(), name, score }));
  return { predictions, unknown, undecided };
}

describe("describeAnswer", () => {
  it.each([
    [
      "is almost certain from .95 on",
      { Hawaiian: 0.95, Pepperoni: 0.05 },
      "sure",
      "Looks like Hawaiian",
      "I’m almost certain.",
    ],
    [
      "is fairly sure from .75 on",
      { Hawaiian: 0.75, Pepperoni: 0.25 },
      "sure",
      "Looks like Hawaiian",
      "I’m fairly sure.",
    ],
    [
      "names two that are close",
      { Margherita: 0.5, Four: 0.4, Tuna: 0.1 },
      "either",
      "Margherita or Four",
      "It’s a close call.",
    ],
    [
      "names one when the second is far behind",
      { Margherita: 0.6, Four: 0.2 },
      "guess",
      "Perhaps Margherita",
      "That’s only a guess.",
    ],
    [
      "names one when nothing holds much",
      { A: 0.3, B: 0.25, C: 0.25, D: 0.2 },
      "guess",
      "Perhaps A",
      "That’s only a guess.",
    ],
    ["guesses when there is a single unsure item", { A: 0.5 }, "guess", "Perhaps A", "That’s only a guess."],
  ])("%s", (_, scores, certainty, headline, detail) => {
    expect(describeAnswer(predict(scores), texts)).toMatchObject({ certainty, headline, detail });
  });

  it("says that it is not on the menu whatever the best score is", () => {
    const verdict = describeAnswer(predict({ Hawaiian: 0.97, Pepperoni: 0.03 }, true), texts);
    expect(verdict).toMatchObject({ certainty: "unknown", headline: "Not on the menu, I think", named: [] });
    expect(verdict.detail).toContain("Hawaiian comes closest");
  });

  it("is not sure of what is undecided, whatever the best score is", () => {
    const verdict = describeAnswer(predict({ Hawaiian: 0.85, Pepperoni: 0.15 }, false, true), texts);
    expect(verdict).toMatchObject({ certainty: "guess", headline: "Perhaps Hawaiian", detail: "It’s a close call." });
  });

  it("names exactly the items that the headline names", () => {
    const { named } = describeAnswer(predict({ A: 0.45, B: 0.44, C: 0.11 }), texts);
    expect(named.map(({ label }) => label)).toEqual(["a", "b"]);
  });

  it("has an answer for an answer without predictions", () => {
    expect(describeAnswer(predict({}), texts)).toMatchObject({ certainty: "empty", named: [] });
  });
});

describe("describeLimits", () => {
  const answer = { ...predict({ Refund: 0.5, Job: 0.4 }), fewPhotos: false };
  const described = answer.predictions.map((one) =>
    one.name === "Job" ? { ...one, byDescription: true as const } : one,
  );

  it("says which of the named items are known by their description alone", () => {
    const pair = describeAnswer({ ...answer, predictions: described }, texts);
    expect(describeLimits(answer, pair, texts)).toEqual([
      "I know “Job” only by its description so far, so this is a first guess.",
    ]);
    const refund = describeAnswer({ ...answer, predictions: described.slice(0, 1) }, texts);
    expect(describeLimits(answer, refund, texts)).toEqual([]);
    expect(describeLimits({ fewPhotos: true, unread: true }, refund, texts)).toEqual([
      texts.answer.unread,
      texts.answer.fewPhotos,
    ]);
    expect(describeLimits({ fewPhotos: true }, refund, russian)).toEqual([russian.answer.fewPhotos]);
  });
});

describe("listReplies", () => {
  it.each([
    ["one item", { Hawaiian: 0.9, Tuna: 0.1 }, ["hawaiian", null, NONE_ID]],
    ["two items", { Hawaiian: 0.5, Tuna: 0.4 }, ["hawaiian", "tuna", null, NONE_ID]],
    ["no item", {}, []],
  ])("confirms %s, leads to the others and to none of them", (_, scores, labels) => {
    expect(listReplies(describeAnswer(predict(scores), texts), texts).map(({ label }) => label)).toEqual(labels);
  });

  it.each([
    ["a guess", { A: 0.5 }, ["It’s A", "That’s wrong"]],
    ["a close call", { A: 0.5, B: 0.4 }, ["It’s A", "It’s B", "Neither"]],
  ])("has no default for %s: every button is as plain as the others", (_, scores, words) => {
    const replies = listReplies(describeAnswer(predict(scores), texts), texts);
    expect(replies.map(({ text }) => text)).toEqual([...words, "It’s not on the menu"]);
    expect(replies.filter(({ kind }) => kind === "primary")).toEqual([]);
  });

  it("confirms that nothing on the menu fits, and leads to the menu", () => {
    const verdict = describeAnswer(predict({ Hawaiian: 0.9 }, true), texts);
    expect(listReplies(verdict, texts)).toEqual([
      { text: "It’s not on the menu", label: NONE_ID, kind: "primary" },
      { text: "It is on the menu", label: null, kind: "plain" },
    ]);
  });
});

it("says the same in Russian", () => {
  expect(describeAnswer(predict({ Гавайская: 0.97 }), russian).headline).toBe("Похоже, это Гавайская");
});
