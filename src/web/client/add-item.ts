/**
 * The form for a new item: a name and, with it, the photos that begin to teach it. Wired before anything is asked of the
 * API; what is sent before the section stands waits for it.
 */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { addClass } from "./admin-api.ts";
import { find, findElement, isBusy, setBusy, showAlert } from "./dom.ts";
import { listenForDrops } from "./dropped-files.ts";

/** The part of the section that takes a new item in. */
interface NewItems {
  /** Puts the item's card up and sends the photos, with the progress on that card. */
  readonly welcome: (item: ItemClass, photos: readonly File[]) => Promise<void>;
}

/** `section` is null when the page could not be loaded; then nothing is added, and what was typed stays. */
export function wireAddForm(section: Promise<NewItems | null>): void {
  const form = findElement("add-item", HTMLFormElement);
  const name = findElement("item-name", HTMLInputElement);
  const description = findElement("item-description", HTMLInputElement);
  const photos = wirePhotos(form);
  takeWish(name);
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy(form) || name.value.trim() === "") return;
    setBusy(form, true);
    showAlert(find("add-item-alert"), "");
    const problem = await add(section, name.value.trim(), description.value.trim(), photos());
    setBusy(form, false);
    name.focus({ preventScroll: true });
    if (problem !== null) return showAlert(find("add-item-alert"), problem);
    form.reset();
  });
  // Without its script the form would be sent to nowhere, so the server renders the button disabled.
  findElement("item-submit", HTMLButtonElement).disabled = false;
}

/** A link may bring the name, which then leaves the address: it no longer says what people type from here on. */
function takeWish(name: HTMLInputElement): void {
  const wish = new URLSearchParams(location.search).get("name");
  if (wish === null) return;
  history.replaceState(null, "", location.pathname);
  name.value = wish;
  name.scrollIntoView({ block: "center" });
  name.focus({ preventScroll: true });
}

/** What went wrong, or null. */
async function add(
  section: Promise<NewItems | null>,
  name: string,
  description: string,
  photos: readonly File[],
): Promise<string | null> {
  const items = await section;
  if (items === null) return kitchen.items.add.notLoaded;
  const answer = await addClass(name, description);
  if (!answer.ok) return answer.error.detail;
  await items.welcome(answer.value, photos);
  return null;
}

/** The file field is the one place that holds the photos: dropped ones join it, and a reset empties it. */
function wirePhotos(form: HTMLFormElement): () => readonly File[] {
  const input = findElement("item-photos", HTMLInputElement);
  const chosen = () => [...(input.files ?? [])];
  const show = () => {
    const { length } = chosen();
    find("item-photos-words").textContent = length === 0 ? kitchen.items.upload.drop : kitchen.items.add.chosen(length);
  };
  input.addEventListener("change", show);
  // Fires before the fields are emptied.
  form.addEventListener("reset", () => queueMicrotask(show));
  listenForDrops(find("item-photos-zone"), (files) => {
    const all = new DataTransfer();
    for (const file of [...chosen(), ...files]) all.items.add(file);
    input.files = all.files;
    show();
  });
  show();
  return chosen;
}
