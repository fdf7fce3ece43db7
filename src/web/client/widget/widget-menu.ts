/** What the widget asks first: what is on the menu, what the deployment reads, who else reads it, and whether guests must show that they are people. */
import { anyLimits, menuItemList } from "../answers.ts";
import { type Decoded, flag, nullable, number, object, text } from "../decode.ts";

export const widgetMenu = object({
  ...{ items: menuItemList, headVersion: nullable(number), limits: anyLimits },
  picturesKept: nullable(flag),
  /** The model service that reads the texts; null where they stay in the deployment. */
  handsOnTo: nullable(text),
  humanCheck: nullable(object({ siteKey: text })),
});
export type WidgetMenu = Decoded<typeof widgetMenu>;
