/** The panel beside what is asked about: the headline that is read out, what stands under it, and the alert. Owns no state. */
import { createElement, find, showAlert } from "./dom.ts";

/** The elements that a panel is made of, in a page or in a shadow tree. */
export interface PanelParts {
  /** Holds the other three, and can take the focus. */
  readonly panel: HTMLElement;
  /** A live region. */
  readonly verdict: HTMLElement;
  readonly body: HTMLElement;
  /** With the role of an alert. */
  readonly alert: HTMLElement;
}

export interface Panel {
  /** Says it in the live region; an empty headline clears it. */
  say(headline: string, detail?: string): void;
  /** Replaces what stands under the headline, and clears the alert. */
  show(...content: readonly HTMLElement[]): void;
  /** Shows the alert beside what is there. */
  warn(text: string, ...actions: readonly HTMLElement[]): void;
  /** Leaves the panel to the alert. */
  clear(): void;
}

/** The one that the server rendered. */
export function findPanel(): Panel {
  const [panel, verdict, body, alert] = ["panel", "verdict", "panel-body", "panel-alert"].map(find);
  return createPanel({ panel, verdict, body, alert });
}

export function createPanel({ panel, verdict, body, alert }: PanelParts): Panel {
  /** The focus is lost with the button that had it; the panel takes it, so that Tab and screen readers go on from there. */
  function keepFocus(change: () => void): void {
    const hadFocus = holdsFocus(panel);
    change();
    if (hadFocus && !holdsFocus(panel)) panel.focus({ preventScroll: true });
  }

  function say(headline: string, detail = ""): void {
    const heading = createElement("h2", { class: "headline", text: headline });
    verdict.replaceChildren(...(headline === "" ? [] : [heading]));
    if (detail !== "") verdict.append(createElement("p", { class: "soft", text: detail }));
  }

  return {
    say,
    show: (...content) =>
      keepFocus(() => {
        showAlert(alert, "");
        body.replaceChildren(...content);
      }),
    warn: (text, ...actions) => keepFocus(() => showAlert(alert, text, ...actions)),
    clear: () => {
      say("");
      keepFocus(() => body.replaceChildren());
    },
  };
}

function holdsFocus(element: HTMLElement): boolean {
  const root = element.getRootNode();
  const active = root instanceof Document || root instanceof ShadowRoot ? root.activeElement : null;
  return element.contains(active);
}
