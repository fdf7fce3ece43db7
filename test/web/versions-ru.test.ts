import { describe, expect, it } from "vitest";
import * as kitchen from "../../src/web/texts/kitchen/ru.ts";

const { versions, comparison, confusion } = kitchen;

describe("versions in Russian", () => {
  it.each([
    [1, "1 блюдо", "Показать 1 версию"],
    [3, "3 блюда", "Показать 3 версии"],
    [5, "5 блюд", "Показать 5 версий"],
    [11, "11 блюд", "Показать 11 версий"],
    [21, "21 блюдо", "Показать 21 версию"],
  ])("count %d with the form that it takes", (count, items, show) => {
    expect(versions.learnedFrom(count, count)).toBe(`${count} фото · ${items}`);
    expect(versions.showSome(count)).toBe(show);
  });

  it("say how much was learnt by heart and what is found less often", () => {
    const { guards } = versions;
    expect([guards.gap("98 %", "91 %"), guards.lost(guards.move("Гавайская", "90 %", "80 %"))]).toEqual([
      "На том, чему её учили, верных ответов 98 %, а если судить о каждом как о незнакомом — 91 %. Чем больше разница, тем больше она просто заучила.",
      "Реже, чем прежняя действующая версия, она находит: Гавайская (было 90 %, стало 80 %).",
    ]);
  });

  it.each([
    [1, 21, "На 21 последнем сохранённом фото 1 ответ был бы другим: x."],
    [2, 300, "На 300 последних сохранённых фото 2 ответа были бы другими: x."],
    [12, 300, "На 300 последних сохранённых фото 12 ответов были бы другими: x."],
  ])("say of %d of %d answers that they would change", (changed, replayed, words) => {
    expect(versions.replay.changed(changed, replayed, "x")).toBe(words);
  });

  it.each([
    [1, "1 блюдо с меньшим числом ошибок не показано."],
    [2, "2 блюда с меньшим числом ошибок не показаны."],
    [5, "5 блюд с меньшим числом ошибок не показаны."],
  ])("leave %d items out of the matrix", (items, words) => expect(confusion.leftOut(items)).toBe(words));

  it("write figures as Russian does", () => {
    expect(comparison.formatLoss(0.3456)).toBe("0,346");
    expect(versions.right(kitchen.words.counted(13, 20, 9, 16))).toBe("Верно: примерно 13 из 20, вероятно, от 9 до 16");
  });
});
