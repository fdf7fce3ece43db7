/** Two versions side by side, in Russian. */
import type { KitchenTexts } from "../en.ts";

const losses = new Intl.NumberFormat("ru", { minimumFractionDigits: 3, maximumFractionDigits: 3 });

export const comparison: KitchenTexts["comparison"] = {
  with: "С чем сравнить",
  liveVersion: (version) => `Версия ${version} (сейчас)`,
  compare: "Сравнить",
  figure: "Показатель",
  accuracy: "Верные ответы",
  specialists: "Цифры для знатоков",
  balance: "Ровность по блюдам (макро-F1)",
  surprise: "Удивление (логарифми\u00adческая потеря: чем меньше, тем лучше)",
  sureness: "Промах уверенности (ошибка калибровки)",
  testSet: "Верно на проверке",
  photos: "Обучена по фото",
  formatLoss: (loss) => losses.format(loss),
  knows: (version, items) => `Версия ${version} знает ещё и это: ${items}.`,
  doesNotKnow: (version, items) => `Версия ${version} не знает этого: ${items}.`,
  recognised: "Узнано фото",
  same: "Все блюда, которые знают обе, узнаются одинаково часто.",
};
