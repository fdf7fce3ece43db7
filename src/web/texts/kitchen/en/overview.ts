/** What to do next, training and the first run, in English. */

export const overview = {};
