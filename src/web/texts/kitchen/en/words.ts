/** Numbers, lists and moments as the kitchen writes them in English. */
import { createCounter, createScoreFormat, createShareFormat, createTenthsFormat } from "../../plural.ts";

/** A number before the form of the word that it takes: `1 photo`, `2 photos`. */
export const count = createCounter("en");
const figures = new Intl.NumberFormat("en");

/** A measure with one place behind the point. */
export const formatTenths = createTenthsFormat("en");

export const words = {
  formatScore: createScoreFormat("en"),
  formatShare: createShareFormat("en"),
  formatCount: (amount: number) => figures.format(amount),
  /** `A`, `A and B`, `A, B and C`. */
  joinNames: (names: readonly string[]) => {
    const last = names.at(-1) ?? "";
    return names.length <= 1 ? last : `${names.slice(0, -1).join(", ")} and ${last}`;
  },
  /** How many of how many, and the range in which it would lie with any number of photos. */
  counted: (right: number, of: number, low: number, high: number) =>
    `about ${right} of ${of}, probably between ${low} and ${high}`,
  /** The locale of dates and hours: the English of those who write the day before the month. */
  dates: "en-GB",
  loading: "Loading",
};
