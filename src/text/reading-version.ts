/**
 * Counts the ways of reading a text that there have been: normalisation, character grams, windows. It is part of a text
 * backbone's id, so that a change here, which changes every embedding, is never mixed with what was stored before.
 */
export const READING_VERSION = 1;
