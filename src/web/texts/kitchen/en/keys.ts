/** API keys and limits, in English. */

export const keys = {};
