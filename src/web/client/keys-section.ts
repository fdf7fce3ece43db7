/** Keys in the kitchen: make, rotate, revoke. A secret is on the page until it is put away, and nowhere else. */
import { createButton, createElement, find, findElement, isBusy, setBusy, showAlert } from "./dom.ts";
import type { ApiKey, KeyWithSecret } from "./key-answers.ts";
import { fetchKeys, makeKey, revokeKey, rotateKey } from "./key-api.ts";
import { describeRole, describeSecret, listKeyDates, stateOfKey } from "./key-words.ts";
import { isAdmin } from "./role.ts";
import { createTime } from "./time-element.ts";

export function createKeysSection() {
  const load = async () => {
    if (!isAdmin()) return;
    const answer = await fetchKeys();
    if (!answer.ok) return;
    const empty = createElement("p", {
      class: "empty",
      text: "No key yet. Until there is one, the admin token does it all.",
    });
    const rows = answer.value.keys.map((key) => createRow(key, load));
    const list = createElement(
      "ul",
      { class: "card doubts", attributes: { "aria-labelledby": "keys-title" } },
      ...rows,
    );
    find("keys-body").replaceChildren(rows.length === 0 ? empty : list);
  };
  wireMakeForm(load);
  return { load };
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
    showSecret(answer.value);
    await load();
  });
  // Without its script the form would be sent to nowhere, so the server renders the button disabled.
  findElement("make-key-submit", HTMLButtonElement).disabled = false;
}

/** Takes the focus, so that it is read out and at hand. */
function showSecret({ name, role, secret }: KeyWithSecret): void {
  const place = find("key-secret");
  const title = createElement("h3", { text: `The secret of ${name}`, attributes: { id: "key-secret-title" } });
  const field = createElement("input", {
    attributes: { readonly: "", value: secret, "aria-labelledby": "key-secret-title", spellcheck: "false" },
  });
  field.addEventListener("focus", () => field.select());
  const copy = createButton("Copy", "primary", async () => {
    copy.textContent = (await copyText(secret)) ? "Copied" : "Press Ctrl+C";
    if (copy.textContent !== "Copied") field.focus();
  });
  const away = createButton("I have kept it", "plain", () => {
    place.replaceChildren();
    find("keys-title").focus();
  });
  const words = createElement("p", { text: describeSecret(role) });
  const row = createElement("div", { class: "button-row" }, copy, away);
  place.replaceChildren(createElement("div", { class: "notice key-secret" }, title, words, field, row));
  field.focus();
}

/** False where the browser does not let a page write to the clipboard. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}

function createRow(key: ApiKey, load: () => Promise<void>): HTMLElement {
  const now = Date.now();
  const isWorking = stateOfKey(key, now) === "working";
  const dates = createElement("p", { class: "soft small", text: describeRole(key.role) });
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
    const cancel = createButton("Leave it", "plain", () => showAlert(alert, ""));
    showAlert(alert, question, confirm, cancel);
    confirm.focus();
  };
  const rotate = createButton("New secret", "plain", () => {
    ask("Programs with the old secret are locked out at once.", "Make a new secret", async () => {
      const answer = await rotateKey(key.id);
      if (!answer.ok) return answer.error.detail;
      showSecret(answer.value);
      await load();
      return "";
    });
  });
  const revoke = createButton("Revoke", "plain", () => {
    ask("It stops working within half a minute, for good.", "Revoke it", async () => {
      const answer = await revokeKey(key.id);
      if (!answer.ok) return answer.error.detail;
      find("keys-status").textContent = `The key ${key.name} is revoked.`;
      find("keys-title").focus();
      await load();
      return "";
    });
  });
  for (const button of [rotate, revoke]) button.setAttribute("aria-label", `${button.textContent}: ${key.name}`);
  return [rotate, revoke];
}
