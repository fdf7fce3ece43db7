/** The places that photos or texts come from, folded away under the keys: a field for a new one, and a card each. */
import type { PlaceTexts } from "../texts/kitchen/en/places.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createButton, createElement, isBusy, setBusy, showAlert } from "./dom.ts";
import { createFold } from "./fold.ts";
import type { KeyWithSecret } from "./key-answers.ts";
import { makeKey } from "./key-api.ts";
import { createPlaceCard } from "./place-card.ts";
import { createPlace, fetchPlaces, type SamplePlace } from "./places-api.ts";
import { forAdmin } from "./role.ts";

/** The list of keys on the same page, which names the places that they are for. */
interface KeyList {
  load(): Promise<void>;
  /** Shows the secret of a key that was made for a place. */
  show(key: KeyWithSecret): Promise<void>;
}

/** Fills the fold, now and whenever it is opened again. */
export async function wirePlaces(keys: KeyList): Promise<void> {
  const texts = await kitchen.loadPlaces();
  const status = createElement("p", { class: "soft", attributes: { role: "status", tabindex: "-1" } });
  const list = createElement("ul", { class: "doubts", attributes: { "aria-label": texts.title } });
  const empty = createElement("p", { class: "empty", text: texts.none });
  const refresh = async (done: string) => {
    await Promise.all([fill(), keys.load()]);
    status.textContent = done;
    status.focus();
  };
  const content = createElement(
    "div",
    { class: "sample-places" },
    createElement("p", { class: "soft", text: texts.note }),
    forAdmin(createForm(texts, refresh)),
    status,
    empty,
    list,
  );
  const makeKeyFor = async ({ id, name }: SamplePlace) => {
    const made = await makeKey(name, "classify", null, id);
    if (made.ok) await keys.show(made.value);
    return made.ok ? "" : made.error.detail;
  };
  const fill = createFold("places", fetchPlaces, ({ places, ...seen }) => {
    empty.hidden = places.length > 0;
    list.hidden = places.length === 0;
    list.replaceChildren(
      ...places.map((place) => createPlaceCard(place, { texts, seen, refresh, makeKey: makeKeyFor })),
    );
    return content;
  });
  await fill();
}

function createForm(texts: PlaceTexts, refresh: (done: string) => Promise<void>): HTMLElement {
  const field = createElement("input", {
    attributes: { name: "name", maxlength: "80", placeholder: texts.example, autocomplete: "off", required: "" },
  });
  const name = createElement("span", { class: "field-name", text: texts.name });
  const alert = createElement("div", { attributes: { role: "alert" } });
  const submit = createButton(texts.make, "primary", () => undefined);
  submit.type = "submit";
  const form = createElement(
    "form",
    { class: "place-form" },
    createElement("label", { class: "field" }, name, field),
    submit,
    alert,
  );
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy(form) || field.value.trim() === "") return;
    setBusy(form, true);
    const made = await createPlace(field.value.trim());
    setBusy(form, false);
    showAlert(alert, made.ok ? "" : made.error.detail);
    if (!made.ok) return;
    form.reset();
    await refresh(texts.made(made.value.name));
  });
  return form;
}
