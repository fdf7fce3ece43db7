/** Whether an item is done, and its learning curve, in English. */
import { count, words } from "./words.ts";

const countMore = (photos: number) => count(photos, { one: "more photo", other: "more photos" });

/** `rival` is what an item is confused with most, if with anything. */
export const itemQuality = {
  few: (more: number) => `Too few to tell: ${countMore(more)} would show how well I know it.`,
  enough: "Good enough: more photos change little.",
  unproven: (more: number) =>
    `Looks good, but with so few photos that may be luck: ${countMore(more)} would make sure.`,
  growing: (more: number, rival: string | null) =>
    rival === null
      ? `${countMore(more)} would help.`
      : `${countMore(more)} would help: it is still confused with ${rival}.`,
  stuck: (rival: string | null) => {
    const why = rival === null ? "" : `: it is still confused with ${rival}`;
    return `More of the same would change little${why}. Show what sets it apart, and look through its labels.`;
  },
  curve: {
    /** The picture in words, for those who do not see it: `points` are joined by commas. */
    picture: (name: string, points: string) => `${name}: recognised with ${points}`,
    point: (photos: number, recall: number) =>
      `${count(photos, { one: "photo", other: "photos" })} ${words.formatShare(recall)}`,
    /** Below the last point. */
    photos: (photos: number) => count(photos, { one: "photo", other: "photos" }),
    /** Where the screen is too small for the picture. */
    words: (points: string) => `Recognised with ${points}.`,
  },
};
