/** Photos or texts of a menu item, one or many at a time, and the question which of them are stored already. */
import { findKnown, teach } from "../../application/teach.ts";
import { exampleOperations } from "../../operations/examples.ts";
import { ok } from "../../shared/result.ts";
import { callerOf } from "../access/caller.ts";
import { findModality } from "../modality/find-modality.ts";
import { reply, serve } from "../serve.ts";

/** Of `exampleOperations`. */
export const exampleHandlers = [
  serve(exampleOperations.findKnownPhotos, async (c, { body }) => {
    const services = c.get("services");
    if ("photos" in body) return ok(await findKnown(services, body.photos));
    const texts = (await findModality(services)).takeTexts(callerOf(c), body.texts);
    if (!texts.ok) return texts;
    const samples = await Promise.all(texts.value.map((text) => text.identify()));
    const known = await findKnown(
      services,
      samples.filter((id) => id !== null),
    );
    return ok({ ...known, samples });
  }),
  serve(exampleOperations.addExamples, async (c, { params, query }) => {
    const services = c.get("services");
    const read = async () => (await findModality(services)).readExamples(c);
    const taught = await teach(services, callerOf(c), { label: params.id, ...query }, read);
    if (!taught.ok) return taught;
    const { isList, ...answer } = taught.value;
    const isNew = !isList && answer.duplicates === 0 && answer.refused === 0;
    return reply(c, exampleOperations.addExamples, isNew ? 201 : 200, answer);
  }),
];
