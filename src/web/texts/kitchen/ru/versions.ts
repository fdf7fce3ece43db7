/** Versions of the head, how they compare and what they mix up, in Russian. */
import type { KitchenTexts } from "../en.ts";

export const versions: KitchenTexts["versions"] = {
  section: {
    title: "Версии",
    note: "Каждое обучение, которое что-то узнало, создаёт новую. Худшая придерживается, а вернуться — одно нажатие.",
  },
};
