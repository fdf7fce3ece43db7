/** The widget's shadow tree: what is asked about above, the panel with the answer below. Makes elements; owns no state. */
import { createElement } from "../dom.ts";
import { createPanel, type Panel } from "../form-panel.ts";
import { HUMAN_CHECK_SLOT } from "./widget-api.ts";

/** Made by the build of `controls.css`, `answer.css` and `widget.css`. */
declare const WIDGET_STYLE: string;

export interface WidgetFrame {
  readonly panel: Panel;
  /** Puts what takes the photo or the text in its place. */
  showIntake(intake: HTMLElement): void;
  setBusy(isBusy: boolean): void;
}

/** Fills `root`; a site styles the parts `frame`, `intake`, `answer`, `button`, `button-primary`, `photo` and `text`. */
export function createWidgetFrame(root: ShadowRoot): WidgetFrame {
  // A sheet of script's own: a site's Content-Security-Policy may refuse style elements.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(WIDGET_STYLE);
  root.adoptedStyleSheets = [sheet];
  const verdict = createElement("div", { attributes: { role: "status" } });
  const body = createElement("div", { class: "panel-body" });
  const alert = createElement("div", { attributes: { role: "alert" } });
  const region = createElement(
    "div",
    { class: "panel", attributes: { part: "answer", tabindex: "-1" } },
    ...[verdict, body, alert],
  );
  const intake = createElement("div", { class: "intake", attributes: { part: "intake" } });
  const check = createElement("slot", { attributes: { name: HUMAN_CHECK_SLOT } });
  const frame = createElement("div", { class: "frame", attributes: { part: "frame" } }, intake, check, region);
  root.replaceChildren(frame);
  const panel = createPanel({ panel: region, verdict, body, alert });
  return {
    panel: {
      ...panel,
      show(...content) {
        panel.show(...content);
        nameParts(frame);
      },
      warn(text, ...actions) {
        panel.warn(text, ...actions);
        nameParts(frame);
      },
    },
    showIntake(content) {
      intake.replaceChildren(content);
      nameParts(frame);
    },
    setBusy: (isBusy) => region.setAttribute("aria-busy", String(isBusy)),
  };
}

/** Buttons come from modules that know no parts. */
function nameParts(within: HTMLElement): void {
  for (const button of within.querySelectorAll(".button")) {
    button.setAttribute("part", button.classList.contains("button-primary") ? "button button-primary" : "button");
  }
}
