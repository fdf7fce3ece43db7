/** One version on the timeline: its state and why, its figures, what can be done with it, and a closer look on demand. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createButton, createElement, isBusy, setBusy, showAlert } from "./dom.ts";
import { describeGate } from "./gate-words.ts";
import type { HeadVersion } from "./head-answers.ts";
import { activateHead } from "./head-api.ts";
import { loadPart } from "./load-part.ts";
import { forAdmin } from "./role.ts";
import { createTime } from "./time-element.ts";
import { describeAccuracy, describeTested, stateOf, type VersionState } from "./version-words.ts";
import type { VersionsContext } from "./versions-context.ts";

/** Lives as long as the page, so that an open panel stays open. */
export interface VersionCard {
  readonly element: HTMLElement;
  show(head: HeadVersion): void;
}

const texts = kitchen.versions;

/** `first` is the version as it was when the card was made. */
export function createVersionCard(first: HeadVersion, context: VersionsContext): VersionCard {
  const { version } = first;
  const titleId = `version-${version}`;
  const title = createElement("h2", {
    class: "card-title",
    text: texts.title(version),
    attributes: { id: titleId, tabindex: "-1" },
  });
  const badges = createElement("span", { class: "badges" });
  const made = createElement("p", { class: "soft small" });
  const figures = createElement("p", { class: "version-figures" });
  const tested = createElement("p", { class: "soft small" });
  const why = createElement("p", { class: "soft small version-why" });
  const activation = createActivation(version, title, context);
  const panel = createElement("div", { class: "version-panel", attributes: { id: `${titleId}-panel` } });
  panel.hidden = true;
  const closer = createCloser(version, panel, context);
  const actions = createElement("div", { class: "version-actions" }, activation, closer);
  const heading = createElement("div", { class: "version-head" }, title, badges, made);
  const element = createElement("li", { class: "version" }, heading, figures, tested, why, actions, panel);

  const show = (head: HeadVersion) => {
    const state = stateOf(head);
    element.dataset.state = state;
    badges.replaceChildren(...createBadges(state, head.pinnedAt !== null));
    made.replaceChildren(
      createTime(head.createdAt),
      ` ${head.startedBy === "admin" ? texts.madeBy.staff : texts.madeBy.clock}`,
    );
    const accuracy = createElement("strong", { text: describeAccuracy(head) });
    figures.replaceChildren(accuracy, ` · ${texts.learnedFrom(head.examples, head.classIds.length)}`);
    tested.textContent = describeTested(head);
    tested.hidden = tested.textContent === "";
    why.textContent = describeGate(head);
    activation.hidden = state === "live" || state === "gone";
    closer.hidden = state === "gone";
    if (state === "gone") panel.hidden = true;
  };
  return { element, show };
}

function createBadges(state: VersionState, isPinned: boolean): readonly HTMLElement[] {
  const marks = [...(state === "ready" ? [] : [state]), ...(isPinned ? (["pinned"] as const) : [])];
  return marks.map((mark) => createElement("span", { class: `badge badge-${mark}`, text: texts.badges[mark] }));
}

/** "Make live" in one step; the choice beside it is about what comes after. */
function createActivation(version: number, title: HTMLElement, context: VersionsContext): HTMLElement {
  const hold = createElement("input", { attributes: { type: "checkbox" } });
  const choice = createElement(
    "label",
    { class: "choice small" },
    hold,
    createElement("span", { text: texts.holdLater }),
  );
  const button = createElement("button", {
    class: "button",
    text: texts.activate,
    attributes: { type: "submit", "aria-label": texts.activateVersion(version) },
  });
  const alert = createElement("div", { attributes: { role: "alert" } });
  const form = forAdmin(createElement("form", { class: "activation" }, button, choice, alert));
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy(form)) return;
    setBusy(form, true);
    const answer = await activateHead(version, hold.checked);
    setBusy(form, false);
    showAlert(alert, answer.ok ? "" : answer.error.detail);
    if (!answer.ok) return;
    context.tell(answer.value.held ? texts.activatedAndHeld(version) : texts.activated(version));
    hold.checked = false;
    // The form goes away with the refresh, and the focus must not go with it.
    title.focus();
    await context.refresh();
  });
  return form;
}

/** Loads the details each time they are opened, because photos may have been forgotten meanwhile; its script the first time. */
function createCloser(version: number, panel: HTMLElement, context: VersionsContext): HTMLButtonElement {
  const fill = async () => {
    const part = await loadPart(() => import("./version-panel.ts"), panel);
    if (part !== null) panel.replaceChildren(...(await part.createVersionPanel(version, context)));
  };
  const button = createButton(texts.closer, "quiet", () => {
    panel.hidden = !panel.hidden;
    button.setAttribute("aria-expanded", String(!panel.hidden));
    if (!panel.hidden) void fill();
  });
  button.setAttribute("aria-expanded", "false");
  button.setAttribute("aria-controls", panel.id);
  button.setAttribute("aria-label", texts.closerAt(version));
  return button;
}
