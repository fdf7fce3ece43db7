/** Puts components into the frame that the server rendered: a place of the kitchen is several parts with an id each. */
import { type ComponentChildren, render } from "preact";
import type { Answer } from "./admin-api.ts";
import { find, findElement } from "./dom.ts";

/** Parts that have had their first components. */
const mounted = new WeakSet<HTMLElement>();

/** In place of what the server rendered there, as long as nothing had come; the next time it changes what it made. */
export function mount(id: string, content: ComponentChildren): void {
  const part = find(id);
  if (!mounted.has(part)) part.replaceChildren();
  mounted.add(part);
  render(content, part);
}

/**
 * A `<details>` of the page that fills itself when it opens; gives back what fills it again while it is open. `show` makes the same
 * component each time, so that its lists keep their elements, the focus and what is half typed.
 */
export function mountFold<T>(
  id: string,
  load: () => Answer<T>,
  show: (value: T) => ComponentChildren,
): () => Promise<void> {
  const fold = findElement(id, HTMLDetailsElement);
  const fill = async () => {
    if (!fold.open) return;
    const answer = await load();
    mount(`${id}-body`, answer.ok ? show(answer.value) : <p class="notice notice-alert">{answer.error.detail}</p>);
  };
  fold.addEventListener("toggle", () => void fill());
  return fill;
}
