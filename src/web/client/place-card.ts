/** One place in the list: what is known of it, and what an admin can do about it. */
import type { PlaceTexts } from "../texts/kitchen/en/places.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Answer } from "./admin-api.ts";
import { createButton, createElement, isBusy, setBusy, showAlert } from "./dom.ts";
import { createRenameForm } from "./place-rename.ts";
import { describePlace, type Seen } from "./place-words.ts";
import { changePlace, deletePlace, type SamplePlace } from "./places-api.ts";
import { forAdmin } from "./role.ts";

/** What a card does to the rest of the page. */
export interface PlaceCardOptions {
  readonly texts: PlaceTexts;
  readonly seen: Seen;
  /** Fills the list again, and then says this. */
  readonly refresh: (done: string) => Promise<void>;
  /** Makes a key for the camera there, and shows its secret. */
  readonly makeKey: (place: SamplePlace) => Promise<string>;
}

/** A row of the list. */
export function createPlaceCard(place: SamplePlace, options: PlaceCardOptions): HTMLElement {
  const { texts, seen } = options;
  const title = createElement("h3", { text: place.name });
  const lines = describePlace(place, seen, texts).map((text) => createElement("p", { text }));
  const [before, after] = texts.address;
  const code = createElement("code", { text: `?place=${place.id}` });
  const address = createElement("p", { class: "soft small", text: before }, code);
  address.append(after);
  const alert = createElement("div", { attributes: { role: "alert" } });
  const below = createElement("div");
  const buttons = createElement("div", { class: "button-row" }, ...createActions(place, { alert, below }, options));
  return createElement(
    "li",
    { class: "doubt" },
    createElement("div", {}, title, ...lines, address),
    forAdmin(buttons),
    below,
    alert,
  );
}

/** Under the buttons: one for what is read out at once, one for a form. */
interface Regions {
  readonly alert: HTMLElement;
  readonly below: HTMLElement;
}

function createActions(place: SamplePlace, regions: Regions, options: PlaceCardOptions): readonly HTMLElement[] {
  const { texts, refresh, makeKey } = options;
  const { alert, below } = regions;
  const named = (button: HTMLButtonElement) => {
    button.setAttribute("aria-label", `${button.textContent}: ${place.name}`);
    return button;
  };
  /** Once at a time; what failed is said beside the buttons. */
  const act = async <T>(button: HTMLElement, work: () => Answer<T>, done: string) => {
    if (isBusy(button)) return;
    setBusy(button, true);
    const answer = await work();
    setBusy(button, false);
    showAlert(alert, answer.ok ? "" : answer.error.detail);
    if (answer.ok) await refresh(done);
  };
  const [words, done] = place.on ? [texts.switchOff, texts.switchedOff] : [texts.switchOn, texts.switchedOn];
  const toggle = createButton(words, "plain", () =>
    act(toggle, () => changePlace(place.id, { on: !place.on }), done(place.name)),
  );
  const rename = createButton(texts.rename.button, "quiet", () => {
    const form = createRenameForm(place, texts, {
      close: leave(regions, rename),
      save: async (name) => {
        const answer = await changePlace(place.id, { name });
        if (answer.ok) await refresh(texts.rename.done(answer.value.name));
        return answer.ok ? "" : answer.error.detail;
      },
    });
    alert.replaceChildren();
    below.replaceChildren(form);
    form.querySelector("input")?.select();
  });
  const key = createButton(texts.key, "plain", async () => {
    if (isBusy(key)) return;
    setBusy(key, true);
    showAlert(alert, await makeKey(place));
    setBusy(key, false);
  });
  const remove = createButton(texts.remove.button, "quiet", () => {
    const yes = createButton(texts.remove.yes, "primary", () =>
      act(yes, () => deletePlace(place.id), texts.remove.done(place.name)),
    );
    const careful = leave(regions, remove);
    below.replaceChildren();
    showAlert(alert, texts.remove.question, careful, yes);
    careful.focus();
  });
  return [key, toggle, rename, remove].map(named);
}

function leave({ alert, below }: Regions, back: HTMLElement): HTMLButtonElement {
  return createButton(kitchen.keys.leaveIt, "plain", () => {
    alert.replaceChildren();
    below.replaceChildren();
    back.focus();
  });
}
