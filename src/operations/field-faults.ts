/** What is wrong with the fields of a request, in words for the person who has to mend it. */
import type { z } from "zod";
import {
  type FieldFault,
  fieldEmpty,
  fieldHoldsTooMany,
  fieldNoneOf,
  fieldTooHigh,
  fieldTooLong,
  fieldTooLow,
  fieldUnknown,
  fieldUnreadable,
  fieldWrong,
} from "../shared/english/fields.ts";
import type { Problem } from "../shared/problem.ts";

/** Enough to mend a request; a hostile one can be wrong in thousands of places. */
const MAX_FIELD_ERRORS = 20;

const ZODS_OWN_WORDS = /^(?:Too (?:big|small):|Invalid (?:option:|discriminator value))/;

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
  // Zod's own words are not for people; those that a schema has instead say what to do.
  const plain = ZODS_OWN_WORDS.test(issue.message) ? toPlainFault(field, issue) : null;
  return plain ?? fieldWrong({ field, fault: issue.message });
}

function toPlainFault(field: string, issue: z.core.$ZodIssue): FieldFault | null {
  if (issue.code === "too_small") return toSmallFault(field, issue);
  if (issue.code === "too_big") return toBigFault(field, issue);
  const known = listKnown(issue);
  return known === null ? null : fieldNoneOf({ field, known: known.map(String).join(", ") });
}

/** The words of a closed list, or those that tell the members of a union apart, which zod gives but does not declare. */
function listKnown(issue: z.core.$ZodIssue): readonly unknown[] | null {
  if (issue.code === "invalid_value") return issue.values;
  return "options" in issue && Array.isArray(issue.options) ? issue.options : null;
}

function toSmallFault(field: string, { origin, minimum, inclusive }: z.core.$ZodIssueTooSmall): FieldFault | null {
  if (origin === "string" || origin === "array") return minimum === 1 ? fieldEmpty({ field }) : null;
  return inclusive === true ? fieldTooLow({ field, limit: Number(minimum) }) : null;
}

function toBigFault(field: string, { origin, maximum, inclusive }: z.core.$ZodIssueTooBig): FieldFault | null {
  const limit = Number(maximum);
  if (origin === "string") return fieldTooLong({ field, limit });
  if (origin === "array") return fieldHoldsTooMany({ field, limit });
  return inclusive === true ? fieldTooHigh({ field, limit }) : null;
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
