/** A change of the backbone where texts are read, in Russian. */
import type { BackboneTexts } from "../../en/backbone.ts";
import { backbone as ofPhotos } from "../../ru/backbone.ts";

export const backbone: BackboneTexts = { ...ofPhotos, folder: "тексты.tsv" };
