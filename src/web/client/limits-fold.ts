/** The limits of this deployment as a table, folded away under the keys. */

import type { LimitNames } from "../texts/kitchen/en/limits.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { callAdmin } from "./admin-api.ts";
import { createElement } from "./dom.ts";
import { createFold } from "./fold.ts";
import { type Limit, limitList } from "./limit-answers.ts";
import { describeLimit, formatLimit } from "./limit-words.ts";

const texts = kitchen.keys.limits;

/** Fills the fold, now and whenever it is opened again. */
export async function wireLimits(): Promise<void> {
  const names = await texts.loadNames();
  const fill = createFold(
    "limits",
    () => callAdmin({ path: "/limits" }, limitList),
    ({ limits }) => createTable(limits, names),
  );
  await fill();
}

function createTable(limits: readonly Limit[], names: LimitNames): HTMLElement {
  const heads = texts.heads.map((text) => createElement("th", { text, attributes: { scope: "col" } }));
  const rows = limits.map((limit) =>
    createElement(
      "tr",
      {},
      createElement("th", { text: describeLimit(limit, names), attributes: { scope: "row" } }),
      createElement("td", { text: formatLimit(limit) }),
    ),
  );
  return createElement(
    "table",
    { class: "figures-table limits-table", attributes: { "aria-label": texts.title } },
    createElement("thead", {}, createElement("tr", {}, ...heads)),
    createElement("tbody", {}, ...rows),
  );
}
