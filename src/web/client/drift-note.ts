/** On the overview: the share of photos that looked like nothing on the menu, and a warning when photos have changed. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { callAdmin } from "./admin-api.ts";
import { find } from "./dom.ts";
import { describeUnknown, drift } from "./drift-words.ts";
import { isAdmin } from "./role.ts";

/** Asks again; what is on the page stays where no answer comes. */
export async function showDrift(): Promise<void> {
  if (!isAdmin()) return;
  const answer = await callAdmin({ path: "/drift" }, drift);
  if (!answer.ok) return;
  const { warning } = answer.value;
  find("unknown-share").textContent = describeUnknown(answer.value);
  find("drift-warning").textContent = warning === null ? "" : kitchen.frame.tell(warning.text, warning.says);
}
