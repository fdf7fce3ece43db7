/** Rare parts of the kitchen are scripts of their own, which come when somebody opens them. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createButton, createElement, showAlert } from "./dom.ts";

/** The style sheet of a part that came later; asked for once. */
export function loadStyle(name: string): void {
  const href = `/assets/${name}.css`;
  if (document.querySelector(`link[href="${href}"]`) !== null) return;
  document.head.append(createElement("link", { attributes: { rel: "stylesheet", href } }));
}

/** `load` is an `import()`. Null where the script does not come, without a connection or after a deployment: `alert` then says so. */
export async function loadPart<Part>(load: () => Promise<Part>, alert: HTMLElement): Promise<Part | null> {
  try {
    const part = await load();
    showAlert(alert, "");
    return part;
  } catch {
    // The browser may remember the failure, so asking again is not enough.
    const reload = createButton(kitchen.frame.reload, "plain", () => location.reload());
    showAlert(alert, kitchen.frame.partMissing, reload);
    return null;
  }
}
