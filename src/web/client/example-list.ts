/** The photos that teach an item, page by page, each to be moved to another item, to those that are not on the menu, or forgotten. */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import type { Answer } from "./admin-api.ts";
import { createButton, createElement, isBusy, setBusy, showAlert } from "./dom.ts";
import { describeExample, shortPhoto } from "./example-words.ts";
import { createHeldCopy } from "./held-copy.ts";
import type { ItemsContext } from "./items-context.ts";
import type { Example } from "./label-answers.ts";
import { fetchExamples, forgetExample, relabelExample } from "./label-api.ts";
import { createLookLink } from "./look-link.ts";
import { createPurposeSwitch, createShareTool } from "./purpose-tools.ts";
import { forAdmin } from "./role.ts";
import { settleRow, takeAway } from "./settle-row.ts";
import { createTime } from "./time-element.ts";

const texts = kitchen.itemTools.photos;

/** What a photo may be moved to. */
type Label = Pick<ItemClass, "id" | "name">;

/** `name` is what the list is called. */
export function createExampleList(label: Label, name: string, context: ItemsContext): HTMLElement {
  const list = createElement("ul", { class: "examples", attributes: { "aria-label": name } });
  const status = createElement("p", { class: "soft small", attributes: { role: "status", tabindex: "-1" } });
  const alert = createElement("div", { attributes: { role: "alert" } });
  let next = "";
  const loadMore = async () => {
    if (isBusy(more)) return;
    setBusy(more, true);
    const answer = await fetchExamples(label.id, next);
    setBusy(more, false);
    showAlert(alert, answer.ok ? "" : answer.error.detail);
    if (!answer.ok) return;
    const items = context.classes().filter(({ archived }) => !archived);
    const others = [...items, { id: NONE_ID, name: kitchen.none.title }].filter(({ id }) => id !== label.id);
    list.append(...answer.value.examples.map((example) => createRow(example, others, { settle, alert, tell })));
    next = answer.value.next ?? "";
    more.hidden = next === "";
    if (list.childElementCount === 0) status.textContent = texts.empty;
  };
  /** Does what was asked for to one photo, and takes its row away. */
  const settle: Settle = async (row, act, words) => {
    if (!(await settleRow(row, alert, act))) return;
    status.textContent = words;
    takeAway(row, status);
    await context.refresh();
  };
  const tell = (words: string) => {
    status.textContent = words;
  };
  const share = createShareTool(label.id, async (words) => {
    tell(words);
    list.replaceChildren();
    next = "";
    await Promise.all([loadMore(), context.refresh()]);
  });
  const more = createButton(texts.more, "plain", () => void loadMore());
  more.hidden = true;
  void loadMore();
  const note = createElement("p", { class: "soft small", text: texts.note });
  const look = createElement("p", {}, createLookLink({ kind: "item", item: label.id }, name));
  return createElement("div", { class: "tool-form" }, note, look, share, status, list, more, alert);
}

type Settle = (row: HTMLElement, act: () => Answer<void>, words: string) => Promise<void>;

/** What a row needs of its list. */
interface ListContext {
  readonly settle: Settle;
  readonly alert: HTMLElement;
  readonly tell: (words: string) => void;
}

function createRow(example: Example, others: readonly Label[], { settle, alert, tell }: ListContext): HTMLElement {
  const { photo } = example;
  const name = shortPhoto(photo);
  const words = createElement("span", { class: "soft small" });
  const describe = (shown: Example) =>
    words.replaceChildren(`${describeExample(shown)}, `, createTime(example.labelledAt));
  describe(example);
  const aside = createPurposeSwitch(example, name, { row: () => row, alert }, (purpose) => {
    describe({ ...example, purpose, absorbed: purpose === example.purpose && example.absorbed });
    tell(purpose === "test" ? texts.isAside(name) : texts.isBack(name));
  });
  const forget = forAdmin(
    createButton(texts.forget, "quiet", () => {
      void settle(row, () => forgetExample(photo), texts.forgotten(name));
    }),
  );
  forget.setAttribute("aria-label", texts.forgetPhoto(name));
  const controls = createElement("div", { class: "example-controls" });
  if (others.length > 0) {
    controls.append(
      ...createMove(name, others, (to) => {
        void settle(row, () => relabelExample(photo, to.id), nameMove(name, to));
      }),
    );
  }
  controls.append(aside, forget);
  const title = createElement("div", { class: "example-words" }, createElement("code", { text: name }), words);
  const row = createElement("li", { class: "example" }, ...showHeld(example), title, controls);
  return row;
}

/** For a text that nobody kept, the fingerprint says as much. */
function showHeld(example: Example): readonly HTMLElement[] {
  return example.picture || example.text !== null ? createHeldCopy(example) : [];
}

function nameMove(photo: string, to: Label): string {
  return to.id === NONE_ID ? kitchen.none.moved(photo) : texts.moved(photo, to.name);
}

/** Choosing and moving are two steps: a select that acted by itself would act on every arrow key. */
function createMove(photo: string, others: readonly Label[], onMove: (item: Label) => void): readonly HTMLElement[] {
  const select = createChoice(texts.moveTo(photo), others);
  const move = createButton(texts.move, "quiet", () => {
    const item = others.find(({ id }) => id === select.value);
    if (item !== undefined) onMove(item);
  });
  move.setAttribute("aria-label", texts.movePhoto(photo));
  return [select, move];
}

/** Has only its first item until somebody comes to it: a page of photos with every item each would take the browser most of a second. */
function createChoice(name: string, items: readonly Label[]): HTMLSelectElement {
  const toOption = ({ id, name: text }: Label) => createElement("option", { text, attributes: { value: id } });
  const select = createElement("select", { attributes: { "aria-label": name } }, ...items.slice(0, 1).map(toOption));
  const fill = () => {
    if (select.length < items.length) select.append(...items.slice(1).map(toOption));
  };
  // The pointer comes first, and opens the list before some browsers give the focus.
  for (const event of ["pointerdown", "focus"]) select.addEventListener(event, fill);
  return select;
}
