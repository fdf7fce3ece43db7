/** The ranked answers as bars. The figures are real text; the bars repeat them for the eye only. */
import type { Texts } from "../texts/en.ts";
import type { Prediction } from "./answers.ts";
import { createElement } from "./dom.ts";

/** `named` are those that the headline names; their bars stand out. */
export function createScoreBars(
  predictions: readonly Prediction[],
  named: readonly Prediction[],
  texts: Texts,
): HTMLElement {
  const rows = predictions.map((prediction) => createBar(prediction, named.includes(prediction), texts));
  return createElement("ol", { class: "bars", attributes: { "aria-label": texts.answer.bars } }, ...rows);
}

function createBar({ name, score, examples }: Prediction, isNamed: boolean, texts: Texts): HTMLElement {
  const fill = createElement("span", { class: "bar-fill" });
  // Set from script because the Content-Security-Policy refuses style attributes in markup.
  fill.style.setProperty("--score", String(score));
  const evidence = typeof examples === "number" ? [texts.answer.learntFrom(examples)] : [];
  return createElement(
    "li",
    { class: isNamed ? "bar bar-named" : "bar" },
    createElement("span", { class: "bar-name", text: name }),
    createElement("span", { class: "bar-score", text: texts.formatScore(score) }),
    createElement("span", { class: "bar-track", attributes: { "aria-hidden": "true" } }, fill),
    ...evidence.map((text) => createElement("span", { class: "bar-evidence", text })),
  );
}
