/** Words that only a deployment that reads photos has, in every language of the pages. */
export const WORDS_OF_PHOTOS = /photo|picture|camera|drawing|dish|menu|фото|снимк|картинк|камер|рисун|меню|блюд/i;
