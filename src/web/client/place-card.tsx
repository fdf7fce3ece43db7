/** One place in the list: what is known of it, and what an admin can do about it. */
import { MAX_NAME_CHARACTERS } from "../../shared/item-names.ts";
import type { PlaceTexts } from "../texts/kitchen/en/places.ts";
import type { Answer } from "./admin-api.ts";
import { Field, Form, readText, selectText } from "./controls.tsx";
import { useDeeds } from "./deeds.tsx";
import type { KeyWithSecret } from "./key-answers.ts";
import { describePlace, type Seen } from "./place-words.ts";
import { changePlace, deletePlace, type SamplePlace } from "./places-api.ts";

interface PlaceCardProps {
  readonly place: SamplePlace;
  readonly texts: PlaceTexts;
  readonly seen: Seen;
  /** Fills the list again, and then says this. */
  readonly refresh: (done: string) => Promise<void>;
  /** For the camera there. */
  readonly makeKey: (place: SamplePlace) => Answer<KeyWithSecret>;
  readonly showKey: (key: KeyWithSecret) => Promise<void>;
}

/** A row of the list. */
export function PlaceCard({ place, texts, seen, refresh, makeKey, showKey }: PlaceCardProps) {
  const { id, name, on } = place;
  const { opened, act, save, open, ask, close, button, alert } = useDeeds<"rename">(name);
  const [toggle, toggled] = on ? [texts.switchOff, texts.switchedOff] : [texts.switchOn, texts.switchedOn];
  const { question, yes, done } = texts.remove;
  const remove = () => act(deletePlace(id), () => refresh(done(name)));
  const [before, after] = texts.address;
  return (
    <li class="doubt">
      <div>
        <h3>{name}</h3>
        {describePlace(place, seen, texts).map((line) => (
          <p key={line}>{line}</p>
        ))}
        <p class="soft small">
          {before}
          <code>?place={id}</code>
          {after}
        </p>
      </div>
      <div class="button-row" data-needs="admin">
        {button(texts.key, "plain", () => act(makeKey(place), showKey))}
        {button(toggle, "plain", () => act(changePlace(id, { on: !on }), () => refresh(toggled(name))))}
        {button(texts.rename.button, "quiet", (by) => open("rename", by))}
        {button(texts.remove.button, "quiet", (by) => ask({ question, yes, onYes: remove }, by))}
      </div>
      {opened === "rename" && (
        <Form
          class="rename"
          submit={texts.rename.save}
          save={(fields) =>
            save(changePlace(id, { name: readText(fields, "name") }), (changed) =>
              refresh(texts.rename.done(changed.name)),
            )
          }
          onLeave={close}
        >
          <Field name={texts.name}>
            <input
              {...{ name: "name", maxLength: MAX_NAME_CHARACTERS, autocomplete: "off", required: true }}
              defaultValue={name}
              ref={selectText}
            />
          </Field>
        </Form>
      )}
      {alert}
    </li>
  );
}
