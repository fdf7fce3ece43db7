/** How much one request may ask for at once, where more than one layer holds to it. */

/** Changes of examples: a hundred of a hundred kinds are 500 of D1's 1,000 queries. */
export const MAX_CHANGES = 100;

/** Samples that speak for an answer, and as many against it. */
export const MAX_EXPLAINED_PHOTOS = 50;
