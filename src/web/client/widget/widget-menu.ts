/** What the widget asks first: what is on the menu, what the deployment reads, and whether guests show themselves. */
import { anyLimits, menuItemList } from "../answers.ts";
import { type Decoded, flag, nullable, number, object, text } from "../decode.ts";

export const widgetMenu = object({
  ...{ items: menuItemList, headVersion: nullable(number), limits: anyLimits },
  picturesKept: nullable(flag),
  humanCheck: nullable(object({ siteKey: text })),
});
export type WidgetMenu = Decoded<typeof widgetMenu>;
