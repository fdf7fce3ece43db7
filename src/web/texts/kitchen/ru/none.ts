/** Photos that are marked "not on the menu", in Russian. */
import type { KitchenTexts } from "../en.ts";
import { count } from "./words.ts";

const countPhotos = (photos: number) => count(photos, { other: "фото" });

export const none: KitchenTexts["none"] = {
  title: "Этого нет в меню",
  name: "не из меню",
  note: "Фото того, чего вы не подаёте. По ним я учусь понимать, что этого нет в меню.",
  caught: (ofTen) =>
    ofTen === 0 ? "Из 10 таких фото я пока не замечу ни одного." : `Из 10 таких фото я замечу примерно ${ofTen}.`,
  fewPhotos:
    "Чего нет в меню, я пока только угадываю. Покажите ещё фото каждого блюда, по нескольку и не похожих друг на друга.",
  moved: (photo) => `Со следующего обучения фото ${photo} считается фото не из меню.`,
  photoList: "Фото того, чего нет в меню",
  accept: "Принять: этого нет в меню",
  reject: "Отклонить ответ гостя: этого нет в меню",
  accepted: "Принято: этого нет в меню",
  acceptedMany: (pictures) => `Принято, что этого нет в меню: ${countPhotos(pictures)}`,
  doubtTitle: (given) => `Метка «${given}». А может, этого нет в меню?`,
  doubt: "Это фото не похоже ни на одно из остальных.",
  taught: "Вы говорили, что этого нет в меню.",
};
