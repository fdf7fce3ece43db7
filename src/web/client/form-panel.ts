/** The panel beside the photo: the headline that is read out, what stands under it, and the alert. Owns no state. */
import { createElement, find, showAlert } from "./dom.ts";

const panel = find("panel");
const verdictRegion = find("verdict");
const body = find("panel-body");
const alertRegion = find("panel-alert");

/** Says it in the live region; an empty headline clears it. */
export function say(headline: string, detail = ""): void {
  const heading = createElement("h2", { class: "headline", text: headline });
  verdictRegion.replaceChildren(...(headline === "" ? [] : [heading]));
  if (detail !== "") verdictRegion.append(createElement("p", { class: "soft", text: detail }));
}

/** Replaces what stands under the headline, and clears the alert. */
export function show(...content: readonly HTMLElement[]): void {
  keepFocus(() => {
    showAlert(alertRegion, "");
    body.replaceChildren(...content);
  });
}

/** Shows the alert beside what is there. */
export function warn(text: string, ...actions: readonly HTMLElement[]): void {
  keepFocus(() => showAlert(alertRegion, text, ...actions));
}

/** Leaves the panel to the alert. */
export function clear(): void {
  say("");
  keepFocus(() => body.replaceChildren());
}

/** The focus is lost with the button that had it; the panel takes it, so that Tab and screen readers go on from there. */
function keepFocus(change: () => void): void {
  const hadFocus = panel.contains(document.activeElement);
  change();
  if (hadFocus && !panel.contains(document.activeElement)) panel.focus({ preventScroll: true });
}
