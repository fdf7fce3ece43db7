/** Menu items: list, create, order, change, archive, restore, merge, delete. All of it is live at once, without retraining. */
import { classOperations } from "../../operations/classes.ts";
import type { Services } from "../../services.ts";
import { NONE_ID } from "../../shared/none-label.ts";
import { ok } from "../../shared/result.ts";
import { forgetClass } from "../../store/labels/forget.ts";
import { countTestExamples } from "../../store/labels/test-set.ts";
import { createClass } from "../../store/menu/create-class.ts";
import { changeClass, listClasses, type MenuClass } from "../../store/menu/menu.ts";
import { reorderMenu } from "../../store/menu/menu-order.ts";
import { mergeClass } from "../../store/menu/merge-classes.ts";
import { isDescribed } from "../../training/describe.ts";
import { findModality } from "../modality/find-modality.ts";
import { serve } from "../serve.ts";

/** Of `classOperations`. */
export const classHandlers = [
  serve(classOperations.listClasses, async (c) => {
    const { db } = c.get("services");
    const [{ items, strangers }, aside] = await Promise.all([listClasses(db), countTestExamples(db)]);
    const toBody = await openBodies(c.get("services"), aside);
    const none = { examples: strangers, testExamples: aside.get(NONE_ID) ?? 0 };
    return ok({ classes: items.map(toBody), none: { label: NONE_ID, ...none } });
  }),
  serve(classOperations.createClass, async (c, { body }) => {
    const { db, clock } = c.get("services");
    const created = await createClass(db, body, c.get("actor"), clock());
    if (!created.ok) return created;
    const toBody = await openBodies(c.get("services"), NONE_ASIDE);
    return ok(toBody(created.value));
  }),
  serve(classOperations.orderClasses, async (c, { body }) => {
    const { db, clock } = c.get("services");
    const { ids } = body;
    const ordered = await reorderMenu(db, ids, c.get("actor"), clock());
    return ordered.ok ? ok({ ids }) : ordered;
  }),
  serve(classOperations.changeClass, async (c, { params, body }) => {
    const { db, clock } = c.get("services");
    // Whatever is read for the answer is read first: what has been changed must not be answered by a failure.
    const toBody = await openBodies(c.get("services"), await countTestExamples(db));
    const changed = await changeClass(db, params.id, body, c.get("actor"), clock());
    return changed.ok ? ok(toBody(changed.value)) : changed;
  }),
  serve(classOperations.mergeClass, async (c, { params, body }) => {
    const { db, clock } = c.get("services");
    const merged = await mergeClass(db, params.id, body.into, c.get("actor"), clock());
    return merged.ok ? ok(null) : merged;
  }),
  serve(classOperations.deleteClass, async (c, { params }) => {
    const { db, clock } = c.get("services");
    const forgotten = await forgetClass(db, params.id, c.get("actor"), clock());
    return forgotten.ok ? ok({ forgotten: forgotten.value }) : forgotten;
  }),
];

/** A new item has no example. */
const NONE_ASIDE: ReadonlyMap<string, number> = new Map();

/** An item that goes by its description does so as long as nobody has shown an example of it. `aside` counts test examples by item. */
async function openBodies(services: Services, aside: ReadonlyMap<string, number>) {
  const { goesByDescriptions } = await findModality(services);
  return ({ createdAt, ...item }: MenuClass) => ({
    ...item,
    testExamples: aside.get(item.id) ?? 0,
    byDescription: goesByDescriptions && item.examples === 0 && isDescribed(item),
    createdAt: new Date(createdAt).toISOString(),
  });
}
