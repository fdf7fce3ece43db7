/** The texts of the page that the script `write.ts` is of: the build puts each language's file in place of `en.ts` here. */
import { texts as english, type WritingTexts } from "./en.ts";

export const texts: WritingTexts = english;
