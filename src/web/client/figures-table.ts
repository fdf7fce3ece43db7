/** A small table of figures whose rows have a name each. */
import { createElement } from "./dom.ts";

/** `rows` hold the name first. */
export function createFiguresTable(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly string[])[],
): HTMLElement {
  const columns = heads.map((text) => createElement("th", { text, attributes: { scope: "col" } }));
  const lines = rows.map(([name, ...cells]) =>
    createElement(
      "tr",
      {},
      createElement("th", { text: name, attributes: { scope: "row" } }),
      ...cells.map((text) => createElement("td", { text })),
    ),
  );
  return createElement(
    "table",
    { class: "figures-table", attributes: { "aria-label": title } },
    createElement("thead", {}, createElement("tr", {}, ...columns)),
    createElement("tbody", {}, ...lines),
  );
}
