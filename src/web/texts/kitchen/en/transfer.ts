/** Export and import, in English. */

export const transfer = {};
