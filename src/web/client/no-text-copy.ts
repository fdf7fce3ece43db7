/** What a row says where no copy of a text is kept: without it there is nothing to see of the text. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";

/** In the page's language. */
export const noCopy: string = kitchen.reviewQueue.card.noPicture;
