/** Looking through many examples at once where texts are read, in Russian. */
import type { LookTexts } from "../../en/look.ts";
import { look as ofPhotos } from "../../ru/look.ts";
import { countTexts } from "./words.ts";

export const look: LookTexts = {
  ...ofPhotos,
  twins: "Один текст под разными темами",
  ofItem: (item) => `Тексты темы «${item}»`,
  near: "Тексты, на которых основан ответ",
  notes: {
    doubted: "Остальные тексты говорят против этих меток. Перенесите то, что ошибочно, и подтвердите то, что верно.",
    twins: "У одного текста может быть только одна тема: перенесите или забудьте лишнее.",
    item: "Просмотрите их и перенесите то, что относится к другой теме.",
    mistakes: (version) =>
      `Так ответила бы версия ${version}, если бы никогда не видела этого текста. Ошибиться могла и метка, и сама версия.`,
    missing: ofPhotos.notes.missing,
    near: "Сначала те, что говорят за ответ, потом те, что говорят за тему, с которой её сравнили.",
  },
  words: "Тексты не хранятся, поэтому каждый обозначен своим отпечатком.",
  shownAll: (shown) => `${countTexts(shown)}.`,
  moveTo: "К какой теме перенести",
  sureToForget: (texts) =>
    `Будет забыто: ${countTexts(texts)}. После следующего обучения я не буду их учитывать, и вернуть их нельзя.`,
  forgetThem: (texts) => `Забыть ${countTexts(texts)}`,
  done: {
    moved: (texts, item) =>
      `Перенесено к теме «${item}»: ${countTexts(texts)}. Это подействует со следующего обучения.`,
    aside: (texts) => `Отложено: ${countTexts(texts)}. По ним проверяют версии, и версии на них больше не учатся.`,
    back: (texts) => `Возвращено: ${countTexts(texts)}. Следующее обучение снова их выучит.`,
    confirmed: (texts) => `Подтверждено: ${countTexts(texts)}.`,
    forgotten: (texts) => `Забыто: ${countTexts(texts)}. После следующего обучения я не буду их учитывать.`,
    undone: (texts) => `Отменено: ${countTexts(texts)}.`,
  },
  refused: (texts, why) => `Не удалось изменить: ${countTexts(texts)}. ${why}`,
};
