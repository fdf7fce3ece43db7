/** The limits of this deployment as a table, folded away under the keys. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { callAdmin } from "./admin-api.ts";
import { Figures } from "./figures.tsx";
import { limitList } from "./limit-answers.ts";
import { describeLimit, formatLimit } from "./limit-words.ts";
import { mountFold } from "./mount.tsx";

const { heads, title, loadNames } = kitchen.keys.limits;

/** Gives back what fills the fold, which fills itself whenever it is opened again. Throws where its words do not come. */
export async function wireLimits(): Promise<() => Promise<void>> {
  const names = await loadNames();
  const ask = () => callAdmin({ path: "/limits" }, limitList);
  return mountFold("limits", ask, ({ limits }) => {
    const rows = limits.map((limit) => [describeLimit(limit, names), formatLimit(limit)]);
    return <Figures class="limits-table" {...{ title, heads, rows }} />;
  });
}
