/** The texts of the page that a client script is of: the build puts each language's file in place of `en.ts` here. */
import { texts as english, type Texts } from "./en.ts";

export const texts: Texts = english;
