/** Shapes of the API's answers that guests' requests get, as `docs/api.md` lists them. Pure. */

import type { Classified } from "../../operations/classification.ts";
import type { labelOperations } from "../../operations/labels.ts";
import type { TextMenu as DeclaredTextMenu, menuOperations, PhotoMenu } from "../../operations/menu.ts";
import {
  answerLike,
  answerOf,
  type Decoded,
  type Decoder,
  flag,
  list,
  nullable,
  number,
  object,
  type Told,
  text,
  yes,
} from "./decode.ts";

const menuItem = object({ id: text, name: text, description: nullable(text), aliases: list(text) });
/** An item as guests know it; `description` is null where it has none. */
export type MenuItem = Decoded<typeof menuItem>;

const menuItemList = list(menuItem);
export const menuItems = answerOf<typeof menuOperations.readMenu>()(
  object({ items: menuItemList, headVersion: nullable(number) }),
);
export type MenuItems = Decoded<typeof menuItems>;
const photoLimits = object({ maxImageBytes: number, maxImagePixels: number, inputPixels: number });
const textLimits = object({ maxTextCharacters: number });
/** What a deployment takes, by what it reads. */
export type SampleLimits = Decoded<typeof photoLimits> | Decoded<typeof textLimits>;
export const anyLimits: Decoder<SampleLimits> = (value, path) =>
  typeof value === "object" && value !== null && "maxTextCharacters" in value
    ? textLimits(value, path)
    : photoLimits(value, path);

/** Tells the limits of a deployment that reads texts from those of one for photos. */
export function areTextLimits(limits: SampleLimits): limits is Decoded<typeof textLimits> {
  return "maxTextCharacters" in limits;
}

/** What every page reads of it. */
export const menuFields = { items: menuItemList, headVersion: nullable(number), picturesKept: nullable(flag) };
/** The answer of `GET /v1/menu`. */
export const menu = answerLike<PhotoMenu>()(object({ ...menuFields, limits: photoLimits }));
/** `headVersion` is null while nothing has been taught; `limits` bound a photo in bytes and pixels. */
export type Menu = Decoded<typeof menu>;
/** Bounds of one photo, in bytes and pixels. */
export type PhotoLimits = Menu["limits"];
/** Of a deployment that reads texts. */
export const textMenu = answerLike<DeclaredTextMenu>()(object({ ...menuFields, limits: textLimits }));
export type TextMenu = Decoded<typeof textMenu>;
/** Of either kind, as the kitchen reads it. */
export const limitsOfMenu = answerOf<typeof menuOperations.readMenu>()(
  object({ headVersion: nullable(number), limits: anyLimits }),
);
/** One item of an answer; `score` is calibrated, 0 to 1. */
export type Prediction = Told<
  Classified["predictions"][number],
  "label" | "name" | "score" | "examples" | "byDescription"
>;
/** `predictions` come best first; `unknown` means that the photo is unlike all of them. */
export interface Classification extends Told<Classified, "unknown" | "undecided" | "receipt" | "fewPhotos" | "unread"> {
  readonly predictions: readonly Prediction[];
}
/** The answer of `POST /v1/classify` to one photo. */
export const classification: Decoder<Classification> = answerLike<Classified>()(
  object({
    predictions: list(
      object({
        label: text,
        name: text,
        score: number,
        examples: nullable(number),
        byDescription: nullable(yes),
      }),
    ),
    unknown: flag,
    undecided: flag,
    receipt: text,
    fewPhotos: flag,
    unread: nullable(yes),
  }),
);

/** The answer of `POST /v1/labels` to one correction. */
export const labelReceipt = answerOf<typeof labelOperations.sendLabel, 201>()(
  object({ label: text, status: text, stored: flag }),
);
