/** The versions of the head, newest first, with the accuracy that each was measured to have. */
import type { Head } from "./admin-answers.ts";
import { createElement, find } from "./dom.ts";
import { formatShare } from "./numbers.ts";
import { createTime } from "./time-element.ts";

const COLUMNS = ["Version", "Made", "Items", "Photos", "Accuracy"];

export function showVersions(heads: readonly Head[]): void {
  find("versions-body").replaceChildren(heads.length === 0 ? createEmpty() : createTable(heads));
}

function createEmpty(): HTMLElement {
  return createElement("p", {
    class: "empty",
    text: "No version yet. The first training that finds two items makes it.",
  });
}

function createTable(heads: readonly Head[]): HTMLElement {
  const titles = COLUMNS.map((text) => createElement("th", { text, attributes: { scope: "col" } }));
  const table = createElement(
    "table",
    { attributes: { "aria-labelledby": "versions-title" } },
    createElement("thead", {}, createElement("tr", {}, ...titles)),
    createElement("tbody", {}, ...heads.map(createRow)),
  );
  return createElement("div", { class: "card versions" }, table);
}

function createRow(head: Head): HTMLElement {
  const version = createElement("th", { text: String(head.version), attributes: { scope: "row" } });
  if (head.live) version.append(createElement("span", { class: "badge", text: "live" }));
  const accuracy = head.evaluation === null ? "–" : formatShare(head.evaluation.accuracy);
  return createElement(
    "tr",
    {},
    version,
    createElement("td", {}, createTime(head.createdAt)),
    createElement("td", { text: String(head.classIds.length) }),
    createElement("td", { text: head.examples.toLocaleString("en") }),
    createElement("td", { text: accuracy }),
  );
}
