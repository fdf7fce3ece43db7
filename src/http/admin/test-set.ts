/** `/v1/admin/test-set`: examples that are set aside to judge heads by. Setting aside goes item by item, so a long menu takes several calls. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { chooseTest, missingFromTest } from "../../head/choose-test.ts";
import { NONE_ID } from "../../shared/none-label.ts";
import { countExamplesPerClass } from "../../store/class-counts.ts";
import type { Database } from "../../store/database.ts";
import { readLivePointer } from "../../store/heads.ts";
import { listMenu, requireLabel } from "../../store/menu.ts";
import { countTestExamples, giveBack, listTestCandidates, setAside } from "../../store/test-set.ts";
import { judgeVersion } from "../../training/judge-version.ts";
import type { AppEnv } from "../app-env.ts";
import { whenMissing } from "../field-faults.ts";
import { respondProblem } from "../problem-response.ts";
import { checkFields, readJson } from "../request-body.ts";

/** Items of one call: two queries each, and up to 400 embeddings that are compared with one another. */
const MAX_CLASSES_PER_CALL = 25;
/** Examples of an item among which near copies are looked for; 80,000 cosines at most. */
const MAX_CANDIDATES = 400;

/** The query of `GET /v1/admin/test-set`. */
export const testQuery = z.strictObject({
  head: z.coerce
    .number({ error: "is not a head's number" })
    .int()
    .positive()
    .optional()
    .meta({ description: "Which head to judge; without it the live one" }),
});
/** The body of `POST /v1/admin/test-set`. */
export const testShareSchema = z.strictObject({
  share: z
    .number({
      error: whenMissing("say which share of each item's examples to set aside: 0.2 is a fifth, 0 gives all back"),
    })
    .min(0)
    .max(0.5)
    .meta({ description: "Of each item's examples, rounded down; 0 gives all of them back to learning" }),
  class: z.string().optional().meta({ description: "Of this item alone, by its id" }),
  after: z.string().optional().meta({ description: "`next` of the call before: the menu goes on there" }),
});

/** Mounted at `/v1/admin/test-set`. */
export const testSetRoutes = new Hono<AppEnv>()
  .get("/", async (c) => {
    const query = checkFields(c.req.query(), testQuery);
    if (!query.ok) return respondProblem(c, query.error);
    const { db } = c.get("services");
    const version = query.value.head ?? (await readLivePointer(db)).liveHead;
    const judged = version === null ? null : await judgeVersion(db, version);
    if (judged !== null && !judged.ok) return respondProblem(c, judged.error);
    const aside = [...(await countTestExamples(db))].map(([classId, examples]) => ({ classId, examples }));
    const examples = aside.reduce((sum, one) => sum + one.examples, 0);
    return c.json({ examples, classes: aside, headVersion: version, judgement: judged?.value ?? null });
  })
  .post("/", async (c) => {
    const body = await readJson(c, testShareSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { share, class: label, after } = body.value;
    const { db, clock } = c.get("services");
    const only = label === undefined ? null : await requireLabel(db, label);
    if (only !== null && !only.ok) return respondProblem(c, only.error);
    const classId = only?.value ?? null;
    if (share === 0) {
      const returned = await giveBack(db, classId, c.get("actor"), clock());
      return c.json({ setAside: 0, returned, next: null });
    }
    const menu = classId === null ? [...(await listMenu(db)).map(({ id }) => id), NONE_ID] : [classId];
    return c.json({ returned: 0, ...(await setShareAside(c, menu.slice(menu.indexOf(after ?? "") + 1), share)) });
  });

async function setShareAside(c: Context<AppEnv>, menu: readonly string[], share: number) {
  const { db, clock } = c.get("services");
  const part = menu.slice(0, MAX_CLASSES_PER_CALL);
  const chosen = await chooseOfEach(db, part, share);
  const count = chosen.length === 0 ? 0 : await setAside(db, chosen, c.get("actor"), clock());
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
