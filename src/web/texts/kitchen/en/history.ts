/** Training runs and the audit log, in English. */
import { audit } from "./audit.ts";
import { count, formatTenths } from "./words.ts";

/** A training run, for a line of the table. */
interface RunFacts {
  readonly version: number | null;
  /** In a word or two. */
  readonly outcome: string;
  /** Why it failed; empty when it did not. */
  readonly fault: string;
  /** Labels that still waited. */
  readonly remaining: number;
}

export const history = {
  title: "Log and data",
  runs: {
    title: "Recent training runs",
    heads: ["When", "By", "Outcome", "Learned", "Took"],
    none: "No training has run yet.",
    byStaff: "staff",
    bySchedule: "schedule",
    outcome: ({ version, outcome, fault, remaining }: RunFacts) => {
      const subject = version === null ? outcome : `version ${version} ${outcome}`;
      const why = fault === "" ? "" : `: ${fault}`;
      if (remaining === 0) return `${subject}${why}`;
      return `${subject}${why.replace(/\.$/, "")}, ${count(remaining, { one: "label", other: "labels" })} left`;
    },
    seconds: (seconds: number) => `${formatTenths(seconds)} s`,
  },
  rebuild: {
    note: "Training keeps sums and adds new labels to them. If you doubt the sums, I can add them up again from all labels.",
    button: "Start from the labels again",
  },
  log: {
    title: "Who did what",
    filter: "Only those with",
    none: "Nothing yet.",
    found: (entries: number) => `${count(entries, { one: "entry", other: "entries" })} found.`,
    foundAmong: (entries: number, newest: number) =>
      `${count(entries, { one: "entry", other: "entries" })} found among the newest ${newest}.`,
    /** Follows the moment. */
    by: (actor: string) => ` by ${actor === "admin" ? "staff" : actor}`,
  },
  audit,
};
