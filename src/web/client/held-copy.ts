/** What a labelled photo looked like, where that is kept. The build puts `held-text.ts` in its place where texts are read. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createElement } from "./dom.ts";

/** As answers have a labelled sample. */
interface Held {
  readonly photo: string;
  readonly picture: boolean;
  readonly text: string | null;
}

/** Elements for the top of a row: none where nothing is kept. A picture is fetched when it comes into sight. */
export function createHeldCopy({ photo, picture }: Held): readonly HTMLElement[] {
  if (!picture) return [];
  const src = `/v1/admin/examples/${photo}/picture`;
  const attributes = { src, alt: kitchen.itemTools.photos.picture, loading: "lazy", decoding: "async" };
  return [createElement("img", { class: "held-copy", attributes })];
}
