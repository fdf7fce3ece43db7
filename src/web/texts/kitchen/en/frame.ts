/** The kitchen's frame, its door and what it says when something fails, in English. */

export const frame = {};
