/** Corrections from guests, labels in doubt and what guests miss, in Russian. */
import type { KitchenTexts } from "../en.ts";

export const reviews: KitchenTexts["reviews"] = {
  section: {
    title: "Поправки гостей",
    note: "Принятое учитывается со следующего обучения.",
  },
  doubtsSection: {
    title: "Метки под сомнением",
    note: "Против них говорят все остальные фото. Вам виднее: само ничего не меняется.",
  },
};
