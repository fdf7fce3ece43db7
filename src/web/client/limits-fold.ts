/** The limits of this deployment as a table, folded away under the keys. */
import { callAdmin } from "./admin-api.ts";
import { createElement } from "./dom.ts";
import { createFold } from "./fold.ts";
import { type Limit, limitList } from "./limit-answers.ts";
import { describeLimit, formatLimit } from "./limit-words.ts";

export function wireLimits(): void {
  createFold(
    "limits",
    () => callAdmin({ path: "/limits" }, limitList),
    ({ limits }) => createTable(limits),
  );
}

function createTable(limits: readonly Limit[]): HTMLElement {
  const heads = ["What is limited", "At most"].map((text) =>
    createElement("th", { text, attributes: { scope: "col" } }),
  );
  const rows = limits.map((limit) =>
    createElement(
      "tr",
      {},
      createElement("th", { text: describeLimit(limit), attributes: { scope: "row" } }),
      createElement("td", { text: formatLimit(limit) }),
    ),
  );
  return createElement(
    "table",
    { class: "figures-table limits-table", attributes: { "aria-label": "Limits" } },
    createElement("thead", {}, createElement("tr", {}, ...heads)),
    createElement("tbody", {}, ...rows),
  );
}
