/** "Compare with version …": a choice of the other versions, and the two side by side below it. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import {
  type ComparedFigure,
  compareFigures,
  compareItems,
  compareSpecialFigures,
  describeMenuChange,
} from "./comparison.ts";
import { createElement, isBusy, setBusy } from "./dom.ts";
import type { HeadComparison, HeadVersion } from "./head-answers.ts";
import { fetchComparison } from "./head-api.ts";
import type { ItemNames } from "./version-words.ts";

const texts = kitchen.comparison;

/** `others` are newest first. The live version is offered first; beside itself, the one before it. */
export function createComparison(head: HeadVersion, others: readonly HeadVersion[], names: ItemNames): HTMLElement {
  const options = others.map(({ version, live }) =>
    createElement("option", {
      text: (live ? texts.liveVersion : kitchen.versions.title)(version),
      attributes: { value: String(version) },
    }),
  );
  const select = createElement("select", {}, ...options);
  const before = others.find(({ version }) => version < head.version);
  select.value = String((others.find(({ live }) => live) ?? before ?? others[0]).version);
  const label = createElement(
    "label",
    { class: "field" },
    createElement("span", { class: "field-name small", text: texts.with }),
  );
  label.append(select);
  const button = createElement("button", { class: "button", text: texts.compare, attributes: { type: "submit" } });
  const form = createElement("form", { class: "tool-row" }, label, button);
  const result = createElement("div", { class: "comparison", attributes: { role: "status" } });
  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (isBusy(form)) return;
    setBusy(form, true);
    // The older one stands on the left, as time goes.
    const [from, to] = [head.version, Number(select.value)].toSorted((one, other) => one - other);
    const answer = await fetchComparison(from, to);
    setBusy(form, false);
    const parts = answer.ok
      ? showComparison(answer.value, names)
      : [createElement("p", { class: "notice notice-alert", text: answer.error.detail })];
    result.replaceChildren(...parts);
  });
  return createElement("div", {}, form, result);
}

function showComparison(comparison: HeadComparison, names: ItemNames): readonly HTMLElement[] {
  const { from, to } = comparison;
  const titles = [kitchen.versions.title(from), kitchen.versions.title(to)] as const;
  const items = compareItems(comparison, names);
  const sentences = describeMenuChange(comparison, names).map((text) => createElement("p", { text }));
  const same = createElement("p", { class: "soft", text: texts.same });
  const special = createElement(
    "details",
    {},
    createElement("summary", { text: texts.specialists }),
    createTable(texts.figure, titles, compareSpecialFigures(comparison)),
  );
  return [
    createTable(texts.figure, titles, compareFigures(comparison)),
    ...sentences,
    items.length > 0 ? createTable(texts.recognised, titles, items) : same,
    special,
  ];
}

function createTable(
  title: string,
  [from, to]: readonly [string, string],
  rows: readonly ComparedFigure[],
): HTMLElement {
  const heads = [title, from, to].map((text) => createElement("th", { text, attributes: { scope: "col" } }));
  const lines = rows.map((row) =>
    createElement(
      "tr",
      {},
      createElement("th", { text: row.name, attributes: { scope: "row" } }),
      createElement("td", { text: row.from }),
      createElement("td", { text: row.to }),
    ),
  );
  return createElement(
    "table",
    { class: "figures-table" },
    createElement("thead", {}, createElement("tr", {}, ...heads)),
    createElement("tbody", {}, ...lines),
  );
}
