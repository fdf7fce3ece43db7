/**
 * The few DOM helpers that both pages need. Text always goes in as text: no function here takes markup, so data
 * from the API cannot become any.
 */

interface ElementOptions {
  readonly class?: string;
  readonly text?: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly onClick?: () => void;
}

/** Makes an element with its text, attributes and children. */
export function createElement<K extends keyof HTMLElementTagNameMap>(
  tag: K,
  options: ElementOptions = {},
  ...children: readonly Node[]
): HTMLElementTagNameMap[K] {
  const element = document.createElement(tag);
  if (options.class !== undefined) element.className = options.class;
  if (options.text !== undefined) element.textContent = options.text;
  for (const [name, value] of Object.entries(options.attributes ?? {})) element.setAttribute(name, value);
  if (options.onClick !== undefined) element.addEventListener("click", options.onClick);
  element.append(...children);
  return element;
}

/** A button that submits nothing. */
export function createButton(
  text: string,
  kind: "primary" | "plain" | "quiet",
  onClick: () => void,
): HTMLButtonElement {
  const classes = { primary: "button button-primary", plain: "button", quiet: "quiet-link" };
  return createElement("button", { class: classes[kind], text, attributes: { type: "button" }, onClick });
}

/** The element that the server rendered under `id`; throws when page and script do not belong together. */
export function findElement<T extends HTMLElement>(id: string, type: new () => T): T {
  const element = document.getElementById(id);
  if (!(element instanceof type)) throw new Error(`The page has no ${type.name} with the id ${id}`);
  return element;
}

/** As `findElement`, where the kind of element does not matter. */
export function find(id: string): HTMLElement {
  return findElement(id, HTMLElement);
}

/** Fills an alert region; `role="alert"` on it makes screen readers say it at once. An empty text clears it. */
export function showAlert(region: HTMLElement, text: string, ...actions: readonly HTMLElement[]): void {
  if (text === "") {
    region.replaceChildren();
    return;
  }
  const message = createElement("p", { text });
  const row = actions.length > 0 ? [createElement("div", { class: "button-row" }, ...actions)] : [];
  region.replaceChildren(createElement("div", { class: "notice notice-alert" }, message, ...row));
}

/** Marks a control as working: it keeps its focus and its place, and further clicks do nothing. */
export function setBusy(control: HTMLElement, isBusy: boolean): void {
  control.setAttribute("aria-disabled", String(isBusy));
  control.setAttribute("aria-busy", String(isBusy));
}

/** The state that `setBusy` sets. */
export function isBusy(control: HTMLElement): boolean {
  return control.getAttribute("aria-busy") === "true";
}
