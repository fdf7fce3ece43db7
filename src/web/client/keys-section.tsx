/** Keys in the kitchen: make, rotate, revoke. A secret is on the page until it is put away, and nowhere else. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { Moment } from "./controls.tsx";
import { useDeeds } from "./deeds.tsx";
import { find, findElement, isBusy, setBusy, showAlert } from "./dom.ts";
import type { ApiKey, KeyWithSecret } from "./key-answers.ts";
import { fetchKeys, makeKey, revokeKey, rotateKey } from "./key-api.ts";
import { describeRole, describeSecret, listKeyDates, stateOfKey } from "./key-words.ts";
import { mount } from "./mount.tsx";
import { fetchPlaces } from "./places-api.ts";
import { isAdmin } from "./role.ts";
import { SecretCard } from "./secret-card.tsx";

const texts = kitchen.keys;

/** `load` does nothing for those who are not admins; `show` shows the secret of a key that was made elsewhere on the page. */
export function createKeysSection() {
  const load = async () => {
    if (!isAdmin()) return;
    const answer = await fetchKeys();
    if (!answer.ok) return;
    const { keys } = answer.value;
    mount("keys-body", <Keys {...{ keys, load, show }} placeNames={await namePlaces(keys)} />);
  };
  const show = async (key: KeyWithSecret) => {
    mount("key-secret", <NewSecret key={key.secret} {...key} />);
    await load();
  };
  wireMakeForm(show);
  return { load, show };
}

/** By id; asks for no places where no key is bound to one. */
async function namePlaces(keys: readonly ApiKey[]): Promise<ReadonlyMap<string, string>> {
  const isBound = keys.some(({ place }) => place !== null);
  const answer = isBound ? await fetchPlaces() : null;
  return new Map(answer?.ok ? answer.value.places.map(({ id, name }) => [id, name]) : []);
}

function wireMakeForm(show: (key: KeyWithSecret) => Promise<void>): void {
  const form = findElement("make-key", HTMLFormElement);
  const name = findElement("key-name", HTMLInputElement);
  const role = findElement("key-role", HTMLSelectElement);
  const life = findElement("key-life", HTMLSelectElement);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy(form) || name.value.trim() === "") return;
    setBusy(form, true);
    const answer = await makeKey(name.value.trim(), role.value, life.value === "" ? null : Number(life.value));
    setBusy(form, false);
    showAlert(find("make-key-alert"), answer.ok ? "" : answer.error.detail);
    if (!answer.ok) return;
    form.reset();
    await show(answer.value);
  });
  // Without its script the form would be sent to nowhere, so the server renders the button disabled.
  findElement("make-key-submit", HTMLButtonElement).disabled = false;
}

function NewSecret({ name, role, secret }: KeyWithSecret) {
  const putAway = () => {
    mount("key-secret", null);
    find("keys-title").focus();
  };
  return (
    <SecretCard
      id="key-secret-title"
      {...{ title: texts.secret.title(name), words: describeSecret(role), secret, onAway: putAway }}
    />
  );
}

interface KeysProps {
  readonly keys: readonly ApiKey[];
  readonly placeNames: ReadonlyMap<string, string>;
  /** Asks for the list again. */
  readonly load: () => Promise<void>;
  /** The same, and shows a secret. */
  readonly show: (key: KeyWithSecret) => Promise<void>;
}

function Keys({ keys, ...others }: KeysProps) {
  if (keys.length === 0) return <p class="empty">{texts.none}</p>;
  return (
    <ul class="card doubts" aria-labelledby="keys-title">
      {keys.map((key) => (
        <KeyRow key={key.id} of={key} {...others} />
      ))}
    </ul>
  );
}

/** Both deeds are asked about first: programs that use the key stop at once. */
function KeyRow({ of: key, placeNames, load, show }: Omit<KeysProps, "keys"> & { readonly of: ApiKey }) {
  const { id, name } = key;
  const now = Date.now();
  const { act, ask, button, alert } = useDeeds(name);
  const revoked = async () => {
    find("keys-status").textContent = texts.revoke.done(name);
    find("keys-title").focus();
    await load();
  };
  const rotate = () => act(rotateKey(id), show);
  const revoke = () => act(revokeKey(id), revoked);
  return (
    <li class="doubt">
      <div>
        <h3>{name}</h3>
        <p class="soft small">
          {describeRole(key.role)}
          {key.place !== null && ` · ${texts.fromPlace(placeNames.get(key.place) ?? key.place)}`}
          {listKeyDates(key, now).map(([words, iso]) => [` · ${words} `, iso !== null && <Moment iso={iso} />])}
        </p>
      </div>
      <div class="button-row">
        {stateOfKey(key, now) === "working" && [
          button(
            texts.rotate.button,
            "plain",
            (by) => ask({ ...texts.rotate, onYes: rotate }, by),
            texts.rotate.buttonOf(name),
          ),
          button(
            texts.revoke.button,
            "plain",
            (by) => ask({ ...texts.revoke, onYes: revoke }, by),
            texts.revoke.buttonOf(name),
          ),
        ]}
      </div>
      {alert}
    </li>
  );
}
