/** What is wrong with the fields of a request, in words for the person who has to mend it. */
import type { z } from "zod";
import {
  type FieldFault,
  fieldEmpty,
  fieldHoldsTooMany,
  fieldTooLong,
  fieldUnknown,
  fieldUnreadable,
  fieldWrong,
} from "../shared/english/fields.ts";
import type { Problem } from "../shared/problem.ts";

/** Enough to mend a request; a hostile one can be wrong in thousands of places. */
const MAX_FIELD_ERRORS = 20;

const ZODS_WORDS_OF_SIZE = /^Too (?:big|small):/;

/** What a refinement that asks whether people see all of a text is given for its `params`. */
export const UNREADABLE = { params: { says: fieldUnreadable.says } };

/** At most 20 faults, each with the field that it is about; a field that the schema does not have is named too. */
export function listFaults({ issues }: z.ZodError): FieldFault[] {
  return issues.flatMap(toFaults).slice(0, MAX_FIELD_ERRORS);
}

/** `bad_request` with these faults. */
export function refuseFields(faults: readonly FieldFault[]): Problem {
  return {
    code: "bad_request",
    detail: faults.map(({ field, detail }) => (field === "" ? detail : `${field}: ${detail}`)).join("; "),
    says: faults.map(({ says }) => says),
    errors: faults.map(({ field, detail }) => ({ field, detail })),
  };
}

function toFaults(issue: z.core.$ZodIssue): FieldFault[] {
  if (issue.code !== "unrecognized_keys") return [toFault(issue.path.join("."), issue)];
  const fields = issue.keys.slice(0, MAX_FIELD_ERRORS).map((key) => [...issue.path, key].join("."));
  return fields.map((field) => fieldUnknown({ field }));
}

function toFault(field: string, issue: z.core.$ZodIssue): FieldFault {
  if (issue.code === "custom" && issue.params?.says === fieldUnreadable.says) return fieldUnreadable({ field });
  return toSizeFault(field, issue) ?? fieldWrong({ field, fault: issue.message });
}

/** Zod's own words for a size are not for people; those that a schema has instead say what to do. */
function toSizeFault(field: string, issue: z.core.$ZodIssue): FieldFault | null {
  if (!ZODS_WORDS_OF_SIZE.test(issue.message)) return null;
  if (issue.code === "too_small")
    return issue.origin === "string" && issue.minimum === 1 ? fieldEmpty({ field }) : null;
  if (issue.code !== "too_big") return null;
  const limit = Number(issue.maximum);
  if (issue.origin === "string") return fieldTooLong({ field, limit });
  return issue.origin === "array" ? fieldHoldsTooMany({ field, limit }) : null;
}

/** For a schema's `error`: what to do about a field that is not there. Its other faults keep their own words. */
export function whenMissing(advice: string): (issue: z.core.$ZodRawIssue) => string | undefined {
  return ({ input }) => (input === undefined ? `is missing; ${advice}` : undefined);
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
