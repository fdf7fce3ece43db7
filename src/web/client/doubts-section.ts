/** Labels that the newest version doubts: right after all, to be changed, or to be forgotten. Never decided by itself. */
import type { Answer } from "./admin-api.ts";
import { createButton, createElement, find, isBusy, setBusy, showAlert } from "./dom.ts";
import { describeSuspect, shortPhoto } from "./example-words.ts";
import type { Suspect } from "./label-answers.ts";
import { confirmExample, fetchSuspects, forgetExample, relabelExample } from "./label-api.ts";
import { forAdmin } from "./role.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

export function createDoubtsSection(refresh: () => Promise<void>) {
  let shown = "";
  /** Looks again when a newer version may doubt other labels; the list is long to read for the server. */
  const show = async (newestVersion: number | null, names: ItemNames) => {
    const key = JSON.stringify([newestVersion, [...names]]);
    if (key === shown) return;
    shown = key;
    const answer = await fetchSuspects();
    if (!answer.ok) {
      shown = "";
      return;
    }
    fill(answer.value.suspects.map((suspect) => createDoubt(suspect, names, refresh)));
  };
  return { show };
}

function fill(cards: readonly HTMLElement[]): void {
  const body = find("doubts-body");
  const text = "I doubt none of the labels.";
  body.replaceChildren(
    cards.length === 0
      ? createElement("p", { class: "empty", text })
      : createElement("ul", { class: "card doubts", attributes: { "aria-labelledby": "doubts-title" } }, ...cards),
  );
}

function createDoubt(suspect: Suspect, names: ItemNames, refresh: () => Promise<void>): HTMLElement {
  const { photo } = suspect;
  const [given, suggested] = [nameOf(names, suspect.given), nameOf(names, suspect.suggested)];
  const short = shortPhoto(photo);
  const alert = createElement("div", { attributes: { role: "alert" } });
  const decide = async (act: () => Answer<void>, words: string) => {
    if (isBusy(row)) return;
    setBusy(row, true);
    const answer = await act();
    setBusy(row, false);
    showAlert(alert, answer.ok ? "" : answer.error.detail);
    if (!answer.ok) return;
    find("doubts-status").textContent = words;
    leave(row);
    await refresh();
  };
  const buttons = [
    createButton(`It is ${given}`, "plain", () => {
      void decide(() => confirmExample(photo), `Photo ${short} is ${given}, then. I will not ask again.`);
    }),
    createButton(`Change to ${suggested}`, "plain", () => {
      const words = `Photo ${short} counts as ${suggested} from the next training on.`;
      void decide(() => relabelExample(photo, suspect.suggested), words);
    }),
    forAdmin(
      createButton("Forget", "quiet", () => {
        void decide(() => forgetExample(photo), `Photo ${short} is forgotten. The next training unlearns it.`);
      }),
    ),
  ];
  for (const button of buttons) button.setAttribute("aria-label", `${button.textContent}: photo ${short}`);
  const title = createElement("h3", { text: `Labelled ${given}. Or is it ${suggested}?` });
  const code = createElement("code", { text: short });
  const words = createElement("p", { class: "soft small" }, code);
  words.append(` ${describeSuspect(suspect, names)}`);
  const text = createElement("div", {}, title, words);
  const row = createElement(
    "li",
    { class: "doubt" },
    text,
    createElement("div", { class: "button-row" }, ...buttons),
    alert,
  );
  return row;
}

/** Takes the row away and gives its focus to the next one, or to the section's title after the last one. */
function leave(row: HTMLElement): void {
  const next = row.nextElementSibling ?? row.previousElementSibling;
  (next?.querySelector("button") ?? find("doubts-title")).focus();
  row.remove();
  if (next === null) fill([]);
}
