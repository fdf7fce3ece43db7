/** The limits of this deployment as a table, folded away under the keys. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { callAdmin } from "./admin-api.ts";
import { Figures } from "./figures.tsx";
import { limitList } from "./limit-answers.ts";
import { describeLimit, formatLimit } from "./limit-words.ts";
import { mountFold } from "./mount.tsx";

const { heads, title, loadNames } = kitchen.keys.limits;

/** Fills the fold, now and whenever it is opened again. */
export async function wireLimits(): Promise<void> {
  const names = await loadNames();
  const ask = () => callAdmin({ path: "/limits" }, limitList);
  const fill = mountFold("limits", ask, ({ limits }) => {
    const rows = limits.map((limit) => [describeLimit(limit, names), formatLimit(limit)]);
    return <Figures class="limits-table" {...{ title, heads, rows }} />;
  });
  await fill();
}
