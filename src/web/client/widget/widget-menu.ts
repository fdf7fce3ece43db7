/** What the widget asks first: what is on the menu, what the deployment reads, who else reads it, and whether guests must show that they are people. */
import type { menuOperations } from "../../../operations/menu.ts";
import { anyLimits, menuFields } from "../answers.ts";
import { answerOf, type Decoded, nullable, object, text } from "../decode.ts";

export const widgetMenu = answerOf<typeof menuOperations.readMenu>()(
  object({
    ...menuFields,
    limits: anyLimits,
    /** The model service that reads the texts; null where they stay in the deployment. */
    handsOnTo: nullable(text),
    humanCheck: nullable(object({ siteKey: text })),
  }),
);
export type WidgetMenu = Decoded<typeof widgetMenu>;
