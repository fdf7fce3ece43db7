/** What samples the API takes, without which a place for photos or texts cannot be made. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { fetchMenu } from "./admin-api.ts";
import type { SampleLimits } from "./answers.ts";
import { createButton, find, showAlert } from "./dom.ts";

/** Null when the API does not say; the page has said so. */
export async function readSampleLimits(): Promise<SampleLimits | null> {
  const menu = await fetchMenu();
  if (menu.ok) return menu.value.limits;
  const again = createButton(kitchen.frame.tryAgain, "plain", () => location.reload());
  showAlert(find("kitchen-alert"), menu.error.detail, again);
  return null;
}
