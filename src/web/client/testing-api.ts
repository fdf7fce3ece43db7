/** The admin routes about examples that are set aside, as functions, and the shapes of their answers. */
import type { testOperations } from "../../operations/test-set.ts";
import { type Answer, callAdmin } from "./admin-api.ts";
import { answerOf, type Decoded, list, nothing, nullable, number, object, text } from "./decode.ts";

const judgement = object({
  examples: number,
  right: number,
  strangers: number,
  found: number,
  learnt: number,
  perClass: list(object({ classId: text, examples: number, right: number })),
  confusions: list(object({ given: text, answered: text, examples: number })),
});
const testSet = answerOf<typeof testOperations.judgeOnTestSet>()(
  object({ examples: number, headVersion: nullable(number), judgement: nullable(judgement) }),
);
/** How the live version answers what is set aside; `judgement` is null while none is live. */
export type TestSet = Decoded<typeof testSet>;

const change = answerOf<typeof testOperations.changeTestSet>()(
  object({ setAside: number, returned: number, next: nullable(text) }),
);
/** How many examples another purpose was given to. */
type TestChange = Decoded<typeof change>;

/** The whole set, judged by the live version. */
export function fetchTestSet(): Answer<TestSet> {
  return callAdmin({ path: "/test-set" }, testSet);
}

/** So much of each item, or of one; 0 gives everything back. A long menu takes several calls. */
export async function changeTestSet(share: number, classId?: string): Answer<TestChange> {
  const total = { setAside: 0, returned: 0 };
  let after: string | null = null;
  do {
    const json: object = { share, ...(classId && { class: classId }), ...(after && { after }) };
    const answer: Awaited<Answer<TestChange>> = await callAdmin({ method: "POST", path: "/test-set", json }, change);
    if (!answer.ok) return answer;
    total.setAside += answer.value.setAside;
    total.returned += answer.value.returned;
    after = answer.value.next;
  } while (after !== null);
  return { ok: true, value: { ...total, next: null } };
}

/** What one example is for; counts from the next training on. */
export function changePurpose(photo: string, purpose: "learn" | "test"): Answer<void> {
  return callAdmin({ method: "PATCH", path: `/examples/${photo}`, json: { purpose } }, nothing);
}
