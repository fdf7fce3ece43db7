/** The menu: what a client needs before it sends a photo or a text, and its items as the kitchen changes them. */
import type { Caller } from "../../application/caller.ts";
import { keepsPictures } from "../../config.ts";
import { classOperations } from "../../operations/classes.ts";
import { menuOperations } from "../../operations/menu.ts";
import type { Services } from "../../services.ts";
import { collectLanguages, nameIn } from "../../shared/language.ts";
import { NONE_ID } from "../../shared/none-label.ts";
import { ok } from "../../shared/result.ts";
import { forgetClass } from "../../store/labels/forget.ts";
import { countTestExamples } from "../../store/labels/test-set.ts";
import { createClass } from "../../store/menu/create-class.ts";
import { changeClass, listClasses, listMenu, type MenuClass } from "../../store/menu/menu.ts";
import { reorderMenu } from "../../store/menu/menu-order.ts";
import { mergeClass } from "../../store/menu/merge-classes.ts";
import { isDescribed } from "../../training/describe.ts";
import { callerOf } from "../access/caller.ts";
import { findModality } from "../modality/find-modality.ts";
import { serve } from "../serve.ts";

/** Asking for it warms the backbone up, since a sample is about to follow. */
export const menuHandlers = [
  serve(menuOperations.readMenu, async (c) => {
    const services = c.get("services");
    const { db, readServedHead, clock, config } = services;
    const [items, served, modality] = await Promise.all([
      readItems(services, callerOf(c)),
      readServedHead(db, clock()),
      findModality(services),
    ]);
    c.executionCtx.waitUntil(modality.warmUp());
    const { reads, limits, handsOnTo } = modality;
    // The key is public: what shows the check on a page of another site needs it.
    const humanCheck = config.turnstile === null ? null : { siteKey: config.turnstile.siteKey };
    return ok({
      items,
      headVersion: served?.version ?? null,
      reads,
      limits,
      handsOnTo,
      humanCheck,
      picturesKept: keepsPictures(config),
    });
  }),
];

/** The items as whoever reads should see them, in the order of the menu. */
export async function readItems({ db }: Services, { chooseLanguage }: Caller) {
  const items = await listMenu(db);
  const language = chooseLanguage(collectLanguages(items.map(({ names }) => names)));
  return items.map(({ id, name, names, description, aliases }) => {
    return { id, name: nameIn(language, name, names), description, aliases };
  });
}

/* Menu items: list, create, order, change, archive, restore, merge, delete. All of it is live at once, without retraining. */

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
