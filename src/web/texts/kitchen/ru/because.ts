/** The labelled photos that an answer stands on. In Russian. */
import type { KitchenTexts } from "../en.ts";

export const because: KitchenTexts["because"] = {
  ask: "Почему?",
  askAbout: (what) => `Почему? ${what}`,
  speakFor: (item) => `За «${item}» говорят эти фото:`,
  unlike: "не похоже на это фото",
  howUnlike: "Фото одного блюда говорит за другое, когда не похоже на то, о котором вопрос.",
  itself: "само это фото",
  wrong: "Метка неверна",
  wrongOf: (photo) => `Метка неверна: фото ${photo}`,
  none: "Таких фото нет.",
  nothing: "Показать пока нечего: обоим блюдам нужны фото, которые уже учтены при обучении.",
  capped: (weighed, learned) => `Учтено фото обоих блюд: ${weighed} из ${learned}, всегда одни и те же.`,
  outdated: "С тех пор как эта версия обучена, метки изменились; здесь показаны нынешние.",
};
