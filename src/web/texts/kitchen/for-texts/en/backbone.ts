/** A change of the backbone where texts are read, in English. */
import { type BackboneTexts, backbone as ofPhotos } from "../../en/backbone.ts";

export const backbone: BackboneTexts = { ...ofPhotos, folder: "texts.tsv" };
