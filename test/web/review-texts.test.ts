import { describe, expect, it } from "vitest";
import * as kitchen from "../../src/web/texts/kitchen/ru.ts";

const { reviewQueue: queue, reviews } = kitchen;

describe("the queue's numbers in Russian", () => {
  it.each([
    [1, "Гость говорит", "1 гость спрашивал:", "1 спорное фото остаётся."],
    [2, "2 гостя говорят", "2 гостя спрашивали:", "2 спорных фото остаются."],
    [5, "5 гостей говорят", "5 гостей спрашивали:", "5 спорных фото остаются."],
    [21, "21 гость говорит", "21 гость спрашивал:", "21 спорное фото остаётся."],
  ])("agree with %d", (amount, says, demand, stay) => {
    expect(queue.says.guests(amount)).toBe(says);
    expect(reviews.suggestions.demand(amount)).toBe(demand);
    expect(queue.bulk.stay(amount)).toBe(stay);
  });

  it("say what is selected and what is left", () => {
    expect(queue.bar.selected(3, 0)).toBe("Отмечено: 3");
    expect(queue.bar.selected(3, 1)).toBe("Отмечено: 3, из них спорных: 1");
    expect([0, 4].map(queue.left)).toEqual(["Больше ничего не осталось.", "Осталось: 4."]);
  });
});
