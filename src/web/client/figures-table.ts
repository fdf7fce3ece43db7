/** A small table of figures whose rows have a name each. */
import { createElement } from "./dom.ts";

type Cell = string | Node;

/** `rows` hold the name first. */
export function createFiguresTable(
  title: string,
  heads: readonly string[],
  rows: readonly (readonly Cell[])[],
): HTMLElement {
  const columns = heads.map((text) => createElement("th", { text, attributes: { scope: "col" } }));
  const lines = rows.map(([name, ...cells]) => {
    const header = createElement("th", { attributes: { scope: "row" } });
    header.append(name ?? "");
    return createElement("tr", {}, header, ...cells.map(createCell));
  });
  return createElement(
    "table",
    { class: "figures-table", attributes: { "aria-label": title } },
    createElement("thead", {}, createElement("tr", {}, ...columns)),
    createElement("tbody", {}, ...lines),
  );
}

function createCell(content: Cell): HTMLElement {
  const cell = createElement("td");
  cell.append(content);
  return cell;
}
