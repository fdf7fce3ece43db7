/** The menu, its photos and how well each item is known, in English. */

export const items = {};
