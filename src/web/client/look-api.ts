/** The admin routes that only the place needs which looks through many examples at once. */

import type { exampleChangeOperations } from "../../operations/example-changes.ts";
import type { headOperations } from "../../operations/heads.ts";
import { innerProblem } from "./admin-answers.ts";
import { type Answer, callAdmin } from "./admin-api.ts";
import { answerOf, type Decoded, flag, list, nullable, number, object, text } from "./decode.ts";
import { exampleFields } from "./label-answers.ts";

const mistake = object({ ...exampleFields, given: text, answered: text, answeredProbability: number });
const mistakePage = answerOf<typeof headOperations.listMistakes>()(
  object({
    mistakes: list(mistake),
    total: nullable(number),
    complete: flag,
    next: nullable(number),
  }),
);
/** Where a version's answers differ from the labels: `given` is the label then, `label` the one now; `total` is null once it is purged. */
type MistakePage = Decoded<typeof mistakePage>;

/** A cell of the version's confusion matrix, its row or its column, or all of it. */
interface MistakeCell {
  readonly version: number;
  readonly label: string | null;
  readonly said: string | null;
}

/** A page behind `after` (empty: from the start). */
export function fetchMistakes(
  { version, label, said }: MistakeCell,
  after: string,
  limit: number,
): Answer<MistakePage> {
  const cell = { ...(label === null ? {} : { label }), ...(said === null ? {} : { said }) };
  const query = new URLSearchParams({ ...cell, after, limit: String(limit) });
  return callAdmin({ path: `/heads/${version}/mistakes?${query}` }, mistakePage);
}

const changedExamples = answerOf<typeof exampleChangeOperations.changeExamples>()(
  object({
    results: list(
      object({
        label: nullable(text),
        before: nullable(object({ label: text, purpose: text, confirmed: flag })),
        problem: nullable(innerProblem),
      }),
    ),
  }),
);
/** One result per change, in their order; `label` and `before` are null of a row that was refused. */
export type ChangedExamples = Decoded<typeof changedExamples>;

/** What is wanted of one of many examples; `from` is the label that it must still have. */
export interface ExampleChange {
  readonly photo: string;
  readonly label?: string;
  readonly purpose?: string;
  readonly confirmed?: boolean;
  readonly from?: string;
}

/** Each with an outcome of its own. */
export function changeExamples(changes: readonly ExampleChange[]): Answer<ChangedExamples> {
  return callAdmin({ method: "PATCH", path: "/examples", json: { changes } }, changedExamples);
}
