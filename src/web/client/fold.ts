/** Parts of the page that are folded away and asked for only while they are open. */
import type { Answer } from "./admin-api.ts";
import { createElement, find, findElement } from "./dom.ts";

/** A `<details>` of the page that fills itself when it opens; gives back what fills it again while it is open. */
export function createFold<T>(
  id: string,
  load: () => Answer<T>,
  createContent: (value: T) => HTMLElement,
): () => Promise<void> {
  const fold = findElement(id, HTMLDetailsElement);
  const body = find(`${id}-body`);
  const fill = async () => {
    if (!fold.open) return;
    const answer = await load();
    const text = answer.ok ? "" : answer.error.detail;
    const content = answer.ok
      ? createContent(answer.value)
      : createElement("p", { class: "notice notice-alert", text });
    if (body.firstElementChild !== content || body.childElementCount > 1) body.replaceChildren(content);
  };
  fold.addEventListener("toggle", () => void fill());
  return fill;
}
