/** The place of one item, or of what is on no menu: its photos, how well it is told apart, and its tools. */
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass, ItemClasses, LiveHead, Overview } from "./admin-answers.ts";
import { type Answer, fetchClasses } from "./admin-api.ts";
import type { SampleLimits } from "./answers.ts";
import { createDetailsReader } from "./details-reader.ts";
import { createElement, find } from "./dom.ts";
import type { HeadDetails } from "./head-answers.ts";
import { createItemDetail } from "./item-detail.ts";
import { nameItems } from "./item-names.ts";
import type { ItemsContext } from "./items-context.ts";
import { createNoneDetail } from "./none-detail.ts";
import type { Place } from "./place.ts";
import type { Problem } from "./problem.ts";
import { createTrainingBar } from "./training-bar.ts";
import type { ItemNames } from "./version-words.ts";

/** One thing to teach, whichever it is. */
interface Shown {
  readonly element: HTMLElement;
  /** What it is called now; null when it is no longer there. */
  show(answer: ItemClasses): string | null;
  showLive(live: LiveHead | null, details: HeadDetails | null, names: ItemNames): void;
}

/** `id` is the item's; one that is not there is said to be missing, and may come. */
export function createItemPlace(id: string, limits: SampleLimits, refresh: () => Promise<void>): Place {
  let menu: readonly ItemClass[] = [];
  let shown: Shown | null = null;
  const context: ItemsContext = {
    refresh,
    tell: (text) => {
      find("items-status").textContent = text;
    },
    classes: () => menu,
  };
  const readDetails = createDetailsReader();
  const showOverview = createTrainingBar(refresh);

  const showItem = (answer: ItemClasses) => {
    menu = answer.classes;
    shown ??= createShown(id, answer, limits, context);
    const name = shown?.show(answer) ?? null;
    const body = find("items-body");
    if (name === null) {
      shown = null;
      body.replaceChildren(createMissing());
      return;
    }
    nameThePage(name);
    if (shown !== null && !body.contains(shown.element)) body.replaceChildren(shown.element);
  };
  const load = async (asked: Answer<Overview>): Promise<Problem | null> => {
    const [overview, answer] = await Promise.all([asked, fetchClasses()]);
    if (!overview.ok) return overview.error;
    if (!answer.ok) return answer.error;
    showItem(answer.value);
    const { liveHead } = overview.value;
    shown?.showLive(liveHead, await readDetails(liveHead?.version ?? null), nameItems(menu));
    return null;
  };
  const loadForTeacher = async (): Promise<Problem | null> => {
    const answer = await fetchClasses();
    if (!answer.ok) return answer.error;
    showItem(answer.value);
    return null;
  };
  return { load, loadForTeacher, showOverview };
}

/** Null where there is no such item. */
function createShown(id: string, answer: ItemClasses, limits: SampleLimits, context: ItemsContext): Shown | null {
  return id === NONE_ID ? createNone(limits, context) : createItem(id, answer.classes, limits, context);
}

function createNone(limits: SampleLimits, context: ItemsContext): Shown {
  const none = createNoneDetail(limits, context);
  const show = (answer: ItemClasses) => {
    none.show(answer.none.examples);
    return kitchen.none.title;
  };
  return { element: none.element, show, showLive: (live) => none.showCaught(live) };
}

function createItem(
  id: string,
  classes: readonly ItemClass[],
  limits: SampleLimits,
  context: ItemsContext,
): Shown | null {
  const first = classes.find((item) => item.id === id);
  if (first === undefined) return null;
  const detail = createItemDetail(first, limits, context);
  const show = (answer: ItemClasses) => {
    const item = answer.classes.find((other) => other.id === id);
    if (item === undefined) return null;
    detail.show(item);
    return item.name;
  };
  return { element: detail.element, show, showLive: (_live, details, names) => detail.showQuality(details, names) };
}

/** The server knows no item, so its page begins with a title that fits them all. */
function nameThePage(name: string): void {
  const title = find("items-title");
  if (title.textContent === name) return;
  title.textContent = name;
  document.title = `${name} · ${kitchen.frame.page.title}`;
}

/** Said in the section's body: what was done to the item stands above it. */
function createMissing(): HTMLElement {
  const words = createElement("p", { text: kitchen.frame.noSuchItem });
  const link = createElement("a", { text: kitchen.overview.links.items, attributes: { href: "/admin/menu" } });
  return createElement("div", { class: "empty" }, words, link);
}
