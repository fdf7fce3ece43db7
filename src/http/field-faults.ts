/** What is wrong with the fields of a request, in words for the person who has to mend it. */
import type { z } from "zod";
import type { FieldError } from "../shared/problem.ts";

/** Enough to mend a request; a hostile one can be wrong in thousands of places. */
const MAX_FIELD_ERRORS = 20;

/** At most 20 faults, each with the field that it is about; a field that the schema does not have is named too. */
export function listFaults({ issues }: z.ZodError): FieldError[] {
  return issues.flatMap(toFaults).slice(0, MAX_FIELD_ERRORS);
}

function toFaults(issue: z.core.$ZodIssue): FieldError[] {
  if (issue.code !== "unrecognized_keys") return [{ field: issue.path.join("."), detail: issue.message }];
  const fields = issue.keys.slice(0, MAX_FIELD_ERRORS).map((key) => [...issue.path, key].join("."));
  return fields.map((field) => ({ field, detail: "is not known here" }));
}

/** For a schema's `error`: what to do about a field that is not there. Its other faults keep their own words. */
export function whenMissing(advice: string): (issue: z.core.$ZodRawIssue) => string | undefined {
  return ({ input }) => (input === undefined ? `is missing; ${advice}` : undefined);
}

/** The faults in one line. */
export function describeFaults(faults: readonly FieldError[]): string {
  return faults.map(({ field, detail }) => (field === "" ? detail : `${field}: ${detail}`)).join("; ");
}

/** Zod's names of types that are not plain words. */
const PLAIN_NAMES: Readonly<Record<string, string>> = { int: "integer", record: "object", tuple: "array" };

/** Says of a wrong type what is needed; undefined where the schema or zod say it. For `safeParse`. */
export function explainType(issue: z.core.$ZodRawIssue): string | undefined {
  if (issue.code !== "invalid_type") return undefined;
  if (issue.input === undefined) return "is missing";
  const name = PLAIN_NAMES[issue.expected] ?? issue.expected;
  return `must be ${/^[aeiou]/.test(name) ? "an" : "a"} ${name}`;
}
