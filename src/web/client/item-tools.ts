/**
 * What is done to an item at its place: look through its photos, merge it, delete it. One tool is open at a time; what it will
 * do stands beside the button that does it.
 */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { createDeleteForm } from "./delete-form.ts";
import { createButton, createElement } from "./dom.ts";
import { createExampleList } from "./example-list.ts";
import type { ItemsContext } from "./items-context.ts";
import { createMergeForm } from "./merge-form.ts";
import { forAdmin } from "./role.ts";

interface ItemTools {
  readonly element: HTMLElement;
  show(item: ItemClass): void;
}

const texts = kitchen.itemTools;
type Tool = keyof typeof texts.tools;

/** `others` are buttons that act at once, beside those that open a tool. */
export function createItemTools(first: ItemClass, context: ItemsContext, others: readonly HTMLElement[]): ItemTools {
  let item = first;
  let open: Tool | null = null;
  const place = createElement("div", { class: "tool" });
  const openTool = (tool: Tool | null) => {
    open = tool;
    for (const [name, button] of entries) button.setAttribute("aria-expanded", String(name === tool));
    place.replaceChildren(...(tool === null ? [] : [createTool(tool, item, context, close)]));
  };
  const close = () => {
    const button = entries.find(([name]) => name === open)?.[1];
    openTool(null);
    button?.focus();
  };
  const entries = (["photos", "merge", "delete"] as const).map((tool) => {
    const button = createButton(texts.tools[tool].title, "quiet", () => openTool(open === tool ? null : tool));
    button.setAttribute("aria-expanded", "false");
    return [tool, tool === "photos" ? button : forAdmin(button)] as const;
  });
  const [[, photos], ...rest] = entries;
  const buttons = createElement("div", { class: "item-foot" }, photos, ...others, ...rest.map(([, button]) => button));
  const element = createElement("div", { class: "item-tools" }, buttons, place);

  const show = (next: ItemClass) => {
    item = next;
    for (const [tool, button] of entries) button.setAttribute("aria-label", texts.tools[tool].name(item.name));
    // A merged item has no photos and cannot be merged again.
    entries[0][1].hidden = item.mergedInto !== null;
    entries[1][1].hidden = item.mergedInto !== null;
  };
  return { element, show };
}

function createTool(tool: Tool, item: ItemClass, context: ItemsContext, close: () => void): HTMLElement {
  if (tool === "photos") return createExampleList(item, texts.photos.list(item.name), context);
  return tool === "merge" ? createMergeForm(item, context, close) : createDeleteForm(item, context, close);
}
