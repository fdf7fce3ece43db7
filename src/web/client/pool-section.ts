/** What the head is least sure of, where the operator lets it be kept: looks whether there is any, and only then asks for the rest of the script. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { createElement, find } from "./dom.ts";
import { loadPart } from "./load-part.ts";
import { fetchPool } from "./pool-api.ts";
import type { PoolList } from "./pool-list.ts";

/** `refresh` is called after a label has been given. */
export function createPoolSection(refresh: () => Promise<void>) {
  const alert = createElement("div", { attributes: { role: "alert" } });
  let shown: PoolList | null = null;
  const open = async (): Promise<PoolList | null> => {
    const load = async () => ({ part: await import("./pool-list.ts"), texts: await kitchen.loadPool() });
    const loaded = await loadPart(load, alert);
    if (loaded === null) return null;
    const { part, texts } = loaded;
    const made = part.createPoolList(texts, refresh);
    find("pool-body").replaceChildren(made.element);
    return made;
  };
  const show = async (classes: readonly ItemClass[]) => {
    const answer = await fetchPool();
    if (!answer.ok) return;
    find("pool").hidden = !answer.value.open;
    if (!answer.value.open) return;
    if (shown === null) find("pool-body").replaceChildren(alert);
    shown ??= await open();
    shown?.show(answer.value.samples, classes);
  };
  return { show };
}
