/** Shapes of the API's answers that guests' requests get, as `docs/api.md` lists them. Pure. */
import { type Decoded, type Decoder, flag, list, nullable, number, object, text } from "./decode.ts";

const menuItem = object({ id: text, name: text, description: nullable(text), aliases: list(text) });
export type MenuItem = Decoded<typeof menuItem>;

export const menuItems = object({ items: list(menuItem), headVersion: nullable(number) });
export type MenuItems = Decoded<typeof menuItems>;
export const menu = object({
  items: list(menuItem),
  headVersion: nullable(number),
  limits: object({ maxImageBytes: number, maxImagePixels: number, inputPixels: number }),
});
export type Menu = Decoded<typeof menu>;
export type PhotoLimits = Menu["limits"];
/** Of a deployment that reads texts. */
export const textMenu = object({
  items: list(menuItem),
  headVersion: nullable(number),
  limits: object({ maxTextCharacters: number }),
});
export type TextMenu = Decoded<typeof textMenu>;

export interface Prediction {
  readonly label: string;
  readonly name: string;
  readonly score: number;
  /** Labelled photos that it was learnt from, where the operator shows them. */
  readonly examples?: number | null;
}
const prediction: Decoder<Prediction> = object({ label: text, name: text, score: number, examples: nullable(number) });

export const classification = object({
  ...{ predictions: list(prediction), unknown: flag, undecided: flag, receipt: text },
  fewPhotos: flag,
});
export type Classification = Decoded<typeof classification>;

export const labelReceipt = object({ label: text, status: text, stored: flag });
