/** What the head is least sure of, where the operator lets it be kept: looks whether there is any, and only then asks for the rest of the script. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { createElement, find } from "./dom.ts";
import { loadPart } from "./load-part.ts";
import { fetchPool } from "./pool-api.ts";
import type { ShowPool } from "./pool-list.tsx";

/** `refresh` is called after a label has been given. */
export function createPoolSection(refresh: () => Promise<void>) {
  const alert = createElement("div", { attributes: { role: "alert" } });
  let fill: ShowPool | null = null;
  const open = async (): Promise<ShowPool | null> => {
    const load = async () => ({ part: await import("./pool-list.tsx"), texts: await kitchen.loadPool() });
    const loaded = await loadPart(load, alert);
    return loaded === null ? null : loaded.part.createPoolList(loaded.texts, refresh);
  };
  const show = async (classes: readonly ItemClass[]) => {
    const answer = await fetchPool();
    if (!answer.ok) return;
    find("pool").hidden = !answer.value.open;
    if (!answer.value.open) return;
    if (fill === null) find("pool-body").replaceChildren(alert);
    fill ??= await open();
    fill?.(answer.value.samples, classes);
  };
  return { show };
}
