/** On the overview: the share of photos that looked like nothing on the menu, and a warning when photos have changed. */
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import { callAdmin } from "./admin-api.ts";
import { find } from "./dom.ts";
import { describeUnknown, drift } from "./drift-words.ts";
import { isAdmin } from "./role.ts";

/** Asks again; what is on the page stays where no answer comes. */
export async function showDrift(): Promise<void> {
  if (!isAdmin()) return;
  const answer = await callAdmin({ path: "/drift" }, drift);
  if (!answer.ok) return;
  find("unknown-share").textContent = describeUnknown(answer.value);
  find("drift-warning").textContent = kitchen.frame.apiText(answer.value.warning?.text ?? "");
}
