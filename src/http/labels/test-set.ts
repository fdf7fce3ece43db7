/** `/v1/admin/test-set`: examples that are set aside to judge heads by. Setting aside goes item by item, so a long menu takes several calls. */
import type { Caller } from "../../application/caller.ts";
import { chooseTest, missingFromTest } from "../../head/test-set.ts";
import { testOperations } from "../../operations/test-set.ts";
import type { Services } from "../../services.ts";
import { NONE_ID } from "../../shared/none-label.ts";
import { ok } from "../../shared/result.ts";
import type { Database } from "../../store/database.ts";
import { readLivePointer } from "../../store/heads/heads.ts";
import { countTestExamples, giveBack, listTestCandidates, setAside } from "../../store/labels/test-set.ts";
import { countExamplesPerClass } from "../../store/learning/pending-labels.ts";
import { listMenu, requireLabel } from "../../store/menu/menu.ts";
import { judgeVersion } from "../../training/compare.ts";
import { callerOf } from "../access/caller.ts";
import { serve } from "../serve.ts";

/** Items of one call: two queries each, and up to 400 embeddings that are compared with one another. */
const MAX_CLASSES_PER_CALL = 25;
/** Examples of an item among which near copies are looked for; 80,000 cosines at most. */
const MAX_CANDIDATES = 400;

/** Of `testOperations`. */
export const testSetHandlers = [
  serve(testOperations.judgeOnTestSet, async (c, { query }) => {
    const { db } = c.get("services");
    const version = query.head ?? (await readLivePointer(db)).liveHead;
    const judged = version === null ? null : await judgeVersion(db, version);
    if (judged !== null && !judged.ok) return judged;
    const aside = [...(await countTestExamples(db))].map(([classId, examples]) => ({ classId, examples }));
    const examples = aside.reduce((sum, one) => sum + one.examples, 0);
    return ok({ examples, classes: aside, headVersion: version, judgement: judged?.value ?? null });
  }),
  serve(testOperations.changeTestSet, async (c, { body }) => {
    const { share, class: label, after } = body;
    const { db, clock } = c.get("services");
    const only = label === undefined ? null : await requireLabel(db, label);
    if (only !== null && !only.ok) return only;
    const classId = only?.value ?? null;
    if (share === 0) {
      const returned = await giveBack(db, classId, c.get("actor"), clock());
      return ok({ setAside: 0, returned, next: null });
    }
    const menu = classId === null ? [...(await listMenu(db)).map(({ id }) => id), NONE_ID] : [classId];
    return ok({
      returned: 0,
      ...(await setShareAside(c.get("services"), callerOf(c), menu.slice(menu.indexOf(after ?? "") + 1), share)),
    });
  }),
];

async function setShareAside(
  { db, clock }: Services,
  { actor }: Pick<Caller, "actor">,
  menu: readonly string[],
  share: number,
) {
  const part = menu.slice(0, MAX_CLASSES_PER_CALL);
  const chosen = await chooseOfEach(db, part, share);
  const count = chosen.length === 0 ? 0 : await setAside(db, chosen, actor, clock());
  return { setAside: count, next: menu.length > part.length ? (part.at(-1) ?? null) : null };
}

async function chooseOfEach(db: Database, classIds: readonly string[], share: number): Promise<string[]> {
  const [learnt, aside] = await Promise.all([countExamplesPerClass(db), countTestExamples(db)]);
  const chosen: string[] = [];
  for (const classId of classIds) {
    const wanted = missingFromTest(learnt.get(classId) ?? 0, aside.get(classId) ?? 0, share);
    if (wanted > 0) chosen.push(...chooseTest(await listTestCandidates(db, classId, MAX_CANDIDATES), wanted));
  }
  return chosen;
}
