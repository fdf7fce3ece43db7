/** What is done rarely to an item, each as a form at its place: naming it anew, merging it, deleting it. */
import { useRef, useState } from "preact/hooks";
import { MAX_DESCRIPTION_CHARACTERS, MAX_NAME_CHARACTERS } from "../../shared/item-names.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import type { ClassChange } from "./admin-api.ts";
import { Field, Form, readText, selectText, takeFocus } from "./controls.tsx";
import { deleteClass, mergeClass } from "./label-api.ts";
import { isSameName } from "./same-name.ts";

const { merge: mergeTexts, delete: deleteTexts } = kitchen.itemTools;
const { cancel } = kitchen.items;

interface RenameFormProps {
  readonly item: ItemClass;
  /** Gives back why the change was refused, or nothing. */
  readonly save: (change: ClassChange) => Promise<string>;
  readonly onLeave: () => void;
}

/** Takes the place of the heading. */
export function RenameForm({ item, save, onLeave }: RenameFormProps) {
  const texts = kitchen.items.rename;
  const send = (fields: FormData) =>
    save({ name: readText(fields, "name"), description: readText(fields, "description") });
  return (
    <Form class="rename" submit={texts.save} save={send} leave={cancel} onLeave={onLeave}>
      <Field name={texts.name}>
        <input
          {...{ name: "name", maxLength: MAX_NAME_CHARACTERS, autocomplete: "off", required: true }}
          defaultValue={item.name}
          ref={selectText}
        />
      </Field>
      <Field name={texts.description}>
        <input
          {...{ name: "description", maxLength: MAX_DESCRIPTION_CHARACTERS, autocomplete: "off" }}
          defaultValue={item.description ?? ""}
        />
        <span class="soft small">{kitchen.items.add.descriptionHint}</span>
      </Field>
    </Form>
  );
}

/** What a form needs that takes the item off the menu. */
interface ToolProps {
  readonly item: ItemClass;
  /** Asks for everything again, and says this. */
  readonly finish: (words: string) => Promise<void>;
  /** Puts the form away. */
  readonly onLeave: () => void;
}

/** Into which, what that means, and the button that does it. `classes` is the whole menu. */
export function MergeForm({ item, classes, finish, onLeave }: ToolProps & { readonly classes: readonly ItemClass[] }) {
  const [chosen, choose] = useState("");
  const targets = classes.filter(({ id, archived }) => id !== item.id && !archived);
  const target = targets.find(({ id }) => id === chosen) ?? targets.at(0);
  if (target === undefined) return <p class="soft">{mergeTexts.alone}</p>;
  const save = async () => {
    const answer = await mergeClass(item.id, target.id);
    if (!answer.ok) return answer.error.detail;
    onLeave();
    await finish(mergeTexts.done(item.name, target.name));
    return "";
  };
  return (
    <Form class="tool-form" submit={mergeTexts.submit(target.name)} save={save} leave={cancel} onLeave={onLeave}>
      <Field name={mergeTexts.into}>
        <select value={target.id} onChange={({ currentTarget }) => choose(currentTarget.value)}>
          {targets.map(({ id, name }) => (
            <option key={id} value={id}>
              {name}
            </option>
          ))}
        </select>
      </Field>
      <p class="small" role="status">
        {mergeTexts.meaning(item.examples, item.name, target.name)}
      </p>
    </Form>
  );
}

/** The last step before an item is gone for good: what goes with it, and its name typed as proof that it is meant. */
export function DeleteForm({ item, finish, onLeave }: ToolProps) {
  const field = useRef<HTMLInputElement>(null);
  const save = async (fields: FormData) => {
    if (!isSameName(readText(fields, "name"), item.name)) {
      takeFocus(field.current);
      return deleteTexts.otherName(item.name);
    }
    const answer = await deleteClass(item.id);
    if (!answer.ok) return answer.error.detail;
    const { examples, reviews } = answer.value.forgotten;
    await finish(deleteTexts.done(examples, item.name, reviews));
    return "";
  };
  return (
    <Form class="tool-form" isAlert submit={deleteTexts.submit} save={save} leave={cancel} onLeave={onLeave}>
      <p class="small">{deleteTexts.meaning(item.examples, item.name)}</p>
      <Field name={deleteTexts.confirm(item.name)}>
        <input name="name" autocomplete="off" spellcheck={false} ref={field} />
      </Field>
    </Form>
  );
}
