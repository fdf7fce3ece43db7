/** A secret on the page, until it is put away, and nowhere else. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createButton, createElement } from "./dom.ts";

const texts = kitchen.keys.secret;

interface SecretOptions {
  readonly title: string;
  /** What to do with it. */
  readonly words: string;
  readonly secret: string;
  /** Called once it is put away, to give the focus on. */
  readonly onAway: () => void;
}

/** Fills the region; the secret takes the focus, so that it is read out and at hand. */
export function showSecret(region: HTMLElement, { title, words, secret, onAway }: SecretOptions): void {
  const id = `${region.id}-title`;
  const field = createElement("input", {
    attributes: { readonly: "", value: secret, "aria-labelledby": id, spellcheck: "false" },
  });
  field.addEventListener("focus", () => field.select());
  const copy = createButton(texts.copy, "primary", async () => {
    const isCopied = await copyText(secret);
    copy.textContent = isCopied ? texts.copied : texts.copyByHand;
    if (!isCopied) field.focus();
  });
  const away = createButton(texts.kept, "plain", () => {
    region.replaceChildren();
    onAway();
  });
  region.replaceChildren(
    createElement(
      "div",
      { class: "notice key-secret" },
      createElement("h3", { text: title, attributes: { id } }),
      createElement("p", { text: words }),
      field,
      createElement("div", { class: "button-row" }, copy, away),
    ),
  );
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
