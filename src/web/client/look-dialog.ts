/** One example as large as it is kept, with what is known of it, and the way to its neighbours in the list. */
import type { LookTexts } from "../texts/kitchen/en/look.ts";
import { createButton, createElement } from "./dom.ts";
import { addressOf } from "./look-address.ts";
import { describeTile, PICTURE_NAME, pictureOf, type Tile, type TileContext } from "./look-tile.ts";

interface LookDialog {
  readonly element: HTMLDialogElement;
  /** Shows the tile over the page; `others` are those that one can go on to. */
  open(tile: Tile, others: readonly Tile[]): void;
}

/** `onClose` hears which example showed last. */
export function createLookDialog(
  texts: LookTexts,
  context: () => TileContext,
  onClose: (photo: string) => void,
): LookDialog {
  let around: readonly Tile[] = [];
  let at = 0;
  const title = createElement("h2", { attributes: { id: "look-dialog-title", tabindex: "-1" } });
  const body = createElement("div", { class: "look-dialog-body" });
  const go = (step: number) => {
    if (around[at + step] === undefined) return;
    at += step;
    show();
  };
  const previous = createButton(texts.previous, "plain", () => go(-1));
  const next = createButton(texts.next, "plain", () => go(1));
  const close = createButton(texts.close, "plain", () => element.close());
  const row = createElement("div", { class: "button-row" }, previous, next, close);
  const attributes = { "aria-labelledby": "look-dialog-title" };
  const element = createElement("dialog", { class: "look-dialog card", attributes }, title, body, row);
  element.addEventListener("close", () => onClose(around[at].photo));
  element.addEventListener("keydown", ({ key }) => {
    if (key === "ArrowLeft") go(-1);
    if (key === "ArrowRight") go(1);
  });
  const show = () => {
    const tile = around[at];
    title.textContent = describeTile({ ...tile, text: null }, context());
    body.replaceChildren(...describe(tile, texts));
    // One that is disabled would lose the focus.
    for (const [button, step] of [
      [previous, -1],
      [next, 1],
    ] as const) {
      button.setAttribute("aria-disabled", String(around[at + step] === undefined));
    }
  };
  const open: LookDialog["open"] = (tile, others) => {
    around = others;
    at = Math.max(
      0,
      others.findIndex(({ photo }) => photo === tile.photo),
    );
    show();
    element.showModal();
    title.focus();
  };
  return { element, open };
}

function describe({ photo, picture, text, about }: Tile, texts: LookTexts): readonly HTMLElement[] {
  const code = createElement("code", { class: "look-fingerprint", text: photo });
  const print = createElement("p", { class: "soft small", text: `${texts.fingerprint} ` }, code);
  const why = createElement("a", { text: texts.why, attributes: { href: addressOf({ kind: "near", photo }) } });
  return [
    ...(picture
      ? [createElement("img", { class: "look-large", attributes: { src: pictureOf(photo), alt: PICTURE_NAME } })]
      : []),
    ...(text === null ? [] : [createWholeText(photo, text)]),
    ...(about === "" ? [] : [createElement("p", { class: "soft", text: about })]),
    print,
    createElement("p", {}, why),
  ];
}

/** Lists have the beginning; the rest comes when somebody wants to read it. */
function createWholeText(photo: string, beginning: string): HTMLElement {
  const words = createElement("p", { class: "look-text", text: beginning });
  void fetch(pictureOf(photo)).then(
    async (response) => {
      if (response.ok) words.textContent = await response.text();
    },
    () => {},
  );
  return words;
}
