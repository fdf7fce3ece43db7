/** The places that photos or texts come from, folded away under the keys: a field for a new one, and a card each. */

import { MAX_NAME_CHARACTERS } from "../../shared/item-names.ts";
import type { PlaceTexts } from "../texts/kitchen/en/places.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { Field, Form, readText } from "./controls.tsx";
import type { KeyWithSecret } from "./key-answers.ts";
import { makeKey } from "./key-api.ts";
import { mountFold } from "./mount.tsx";
import { PlaceCard } from "./place-card.tsx";
import { createPlace, fetchPlaces, type PlaceList, type SamplePlace } from "./places-api.ts";
import { useStatus } from "./status.tsx";

/** The list of keys on the same page, which names the places that they are for. */
interface KeyList {
  load(): Promise<void>;
  /** Shows the secret of a key that was made for a place. */
  show(key: KeyWithSecret): Promise<void>;
}

/** Gives back what fills the fold, which fills itself whenever it is opened again. Throws where its words do not come. */
export async function wirePlaces(keys: KeyList): Promise<() => Promise<void>> {
  const texts = await kitchen.loadPlaces();
  const fill = mountFold("places", fetchPlaces, (list) => <Places {...{ texts, list, keys, fill }} />);
  return fill;
}

interface PlacesProps {
  readonly texts: PlaceTexts;
  readonly list: PlaceList;
  readonly keys: KeyList;
  /** Asks for the list again. */
  readonly fill: () => Promise<void>;
}

function Places({ texts, list: { places, ...seen }, keys, fill }: PlacesProps) {
  const { status, say } = useStatus();
  const refresh = async (done: string) => {
    await Promise.all([fill(), keys.load()]);
    say(done);
  };
  const save = async (fields: FormData) => {
    const made = await createPlace(readText(fields, "name"));
    if (made.ok) await refresh(texts.made(made.value.name));
    return made.ok ? "" : made.error.detail;
  };
  const makeKeyFor = ({ id, name }: SamplePlace) => makeKey(name, "classify", null, id);
  return (
    <div class="sample-places">
      <p class="soft">{texts.note}</p>
      <Form class="place-form" needs="admin" submit={texts.make} save={save}>
        <Field name={texts.name}>
          <input
            {...{
              name: "name",
              maxLength: MAX_NAME_CHARACTERS,
              placeholder: texts.example,
              autocomplete: "off",
              required: true,
            }}
          />
        </Field>
      </Form>
      {status}
      {places.length === 0 ? (
        <p class="empty">{texts.none}</p>
      ) : (
        <ul class="doubts" aria-label={texts.title}>
          {places.map((place) => (
            <PlaceCard key={place.id} {...{ place, texts, seen, refresh }} makeKey={makeKeyFor} showKey={keys.show} />
          ))}
        </ul>
      )}
    </div>
  );
}
