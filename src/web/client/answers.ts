/** Shapes of the API's answers that guests' requests get, as `docs/api.md` lists them. Pure. */
import { type Decoded, flag, list, nullable, number, object, text } from "./decode.ts";

const menuItem = object({ id: text, name: text, description: nullable(text), aliases: list(text) });
export type MenuItem = Decoded<typeof menuItem>;

export const menu = object({
  items: list(menuItem),
  headVersion: nullable(number),
  limits: object({ maxImageBytes: number, maxImagePixels: number, inputPixels: number }),
});
export type Menu = Decoded<typeof menu>;
export type PhotoLimits = Menu["limits"];

const prediction = object({ label: text, name: text, score: number });
export type Prediction = Decoded<typeof prediction>;

export const classification = object({ predictions: list(prediction), unknown: flag, receipt: text });
export type Classification = Decoded<typeof classification>;

export const labelReceipt = object({ label: text, status: text, stored: flag });
export type LabelReceipt = Decoded<typeof labelReceipt>;
