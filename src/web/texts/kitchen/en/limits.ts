/** The limits of the deployment with their units, in English. What is limited the API itself says in English. */
import { count, words } from "./words.ts";

/** What is limited, by the API's name of the limit. */
export type LimitNames = Readonly<Record<string, string | undefined>>;

export const limits = {
  title: "Limits",
  heads: ["What is limited", "At most"],
  /** Comes when somebody opens the list. */
  loadNames: async (): Promise<LimitNames> => ({}),
  anyNumber: "any number",
  bytes: (amount: number) => count(amount, { one: "byte", other: "bytes" }),
  kilobytes: (amount: number) => `${words.formatCount(amount)} kB`,
  megabytes: (amount: number) => `${words.formatCount(amount)} MB`,
  seconds: (amount: number) => count(amount, { one: "second", other: "seconds" }),
  minutes: (amount: number) => count(amount, { one: "minute", other: "minutes" }),
  hours: (amount: number) => count(amount, { one: "hour", other: "hours" }),
  days: (amount: number) => count(amount, { one: "day", other: "days" }),
};
