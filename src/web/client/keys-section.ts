/** Keys in the kitchen: make, rotate, revoke. A secret is on the page until it is put away, and nowhere else. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createButton, createElement, find, findElement, isBusy, setBusy, showAlert } from "./dom.ts";
import type { ApiKey, KeyWithSecret } from "./key-answers.ts";
import { fetchKeys, makeKey, revokeKey, rotateKey } from "./key-api.ts";
import { describeRole, describeSecret, listKeyDates, stateOfKey } from "./key-words.ts";
import { fetchPlaces } from "./places-api.ts";
import { isAdmin } from "./role.ts";
import { showSecret } from "./secret-notice.ts";
import { createTime } from "./time-element.ts";

const texts = kitchen.keys;

/** `load` does nothing for those who are not admins; `show` shows the secret of a key that was made elsewhere on the page. */
export function createKeysSection() {
  const load = async () => {
    if (!isAdmin()) return;
    const answer = await fetchKeys();
    if (!answer.ok) return;
    const { keys } = answer.value;
    const placeNames = await namePlaces(keys);
    const empty = createElement("p", { class: "empty", text: texts.none });
    const rows = keys.map((key) => createRow(key, placeNames, load));
    const list = createElement(
      "ul",
      { class: "card doubts", attributes: { "aria-labelledby": "keys-title" } },
      ...rows,
    );
    find("keys-body").replaceChildren(rows.length === 0 ? empty : list);
  };
  wireMakeForm(load);
  const show = async (key: KeyWithSecret) => {
    showKeySecret(key);
    await load();
  };
  return { load, show };
}

/** By id; asks for no places where no key is bound to one. */
async function namePlaces(keys: readonly ApiKey[]): Promise<ReadonlyMap<string, string>> {
  const isBound = keys.some(({ place }) => place !== null);
  const answer = isBound ? await fetchPlaces() : null;
  return new Map(answer?.ok ? answer.value.places.map(({ id, name }) => [id, name]) : []);
}

function wireMakeForm(load: () => Promise<void>): void {
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
    showKeySecret(answer.value);
    await load();
  });
  // Without its script the form would be sent to nowhere, so the server renders the button disabled.
  findElement("make-key-submit", HTMLButtonElement).disabled = false;
}

function showKeySecret({ name, role, secret }: KeyWithSecret): void {
  const onAway = () => find("keys-title").focus();
  showSecret(find("key-secret"), { title: texts.secret.title(name), words: describeSecret(role), secret, onAway });
}

function createRow(key: ApiKey, placeNames: ReadonlyMap<string, string>, load: () => Promise<void>): HTMLElement {
  const now = Date.now();
  const isWorking = stateOfKey(key, now) === "working";
  const from = key.place === null ? "" : ` · ${texts.fromPlace(placeNames.get(key.place) ?? key.place)}`;
  const dates = createElement("p", { class: "soft small", text: describeRole(key.role) + from });
  for (const [words, iso] of listKeyDates(key, now)) {
    dates.append(` · ${words} `);
    if (iso !== null) dates.append(createTime(iso));
  }
  const alert = createElement("div", { attributes: { role: "alert" } });
  const text = createElement("div", {}, createElement("h3", { text: key.name }), dates);
  const buttons = isWorking ? createActions(key, alert, load) : [];
  return createElement(
    "li",
    { class: "doubt" },
    text,
    createElement("div", { class: "button-row" }, ...buttons),
    alert,
  );
}

/** Both ask first: programs that use the key stop at once. */
function createActions(key: ApiKey, alert: HTMLElement, load: () => Promise<void>): readonly HTMLElement[] {
  const ask = (question: string, yes: string, act: () => Promise<string>) => {
    const confirm = createButton(yes, "primary", async () => {
      if (isBusy(confirm)) return;
      setBusy(confirm, true);
      showAlert(alert, await act());
    });
    const cancel = createButton(texts.leaveIt, "plain", () => showAlert(alert, ""));
    showAlert(alert, question, confirm, cancel);
    confirm.focus();
  };
  const rotate = createButton(texts.rotate.button, "plain", () => {
    ask(texts.rotate.question, texts.rotate.yes, async () => {
      const answer = await rotateKey(key.id);
      if (!answer.ok) return answer.error.detail;
      showKeySecret(answer.value);
      await load();
      return "";
    });
  });
  const revoke = createButton(texts.revoke.button, "plain", () => {
    ask(texts.revoke.question, texts.revoke.yes, async () => {
      const answer = await revokeKey(key.id);
      if (!answer.ok) return answer.error.detail;
      find("keys-status").textContent = texts.revoke.done(key.name);
      find("keys-title").focus();
      await load();
      return "";
    });
  });
  rotate.setAttribute("aria-label", texts.rotate.buttonOf(key.name));
  revoke.setAttribute("aria-label", texts.revoke.buttonOf(key.name));
  return [rotate, revoke];
}
