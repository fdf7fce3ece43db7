/** The texts of the kitchen that a client script is of: the build puts each language's file in place of `en.ts` here. */
import { kitchen as english, type KitchenTexts } from "./en.ts";

export const kitchen: KitchenTexts = english;
