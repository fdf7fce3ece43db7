/** One menu item in the kitchen: its name, how many photos teach it and how well, a place to drop more, and its tools. */
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { changeClass } from "./admin-api.ts";
import { FEW_EXAMPLES } from "./advice.ts";
import type { SampleLimits } from "./answers.ts";
import { describeQuality } from "./confusion.ts";
import { createCurve } from "./curve-view.ts";
import { createButton, createElement, isBusy, setBusy, showAlert } from "./dom.ts";
import { describeEnough } from "./enough.ts";
import type { HeadDetails } from "./head-answers.ts";
import { createItemTools } from "./item-tools.ts";
import type { ItemsContext } from "./items-context.ts";
import { createDrop } from "./open-drop.ts";
import { createRenameForm } from "./rename-form.ts";
import { forAdmin, forReviewer } from "./role.ts";
import type { ItemNames } from "./version-words.ts";

/** Where the gauge is full. More photos still help, but each one less. */
const PLENTY_EXAMPLES = 40;

const texts = kitchen.items.card;

/** Lives as long as the page: it is shown new data, never made anew, so that an upload goes on. */
export interface ItemCard {
  readonly element: HTMLElement;
  show(item: ItemClass): void;
  /** Sends photos as if they had been dropped on the card; `onEnd` hears when they have come, or cannot. */
  teach(photos: readonly File[], onEnd?: () => void): void;
  /** How well the live version tells it apart, and whether more photos would help; null where nothing was measured. */
  showQuality(details: HeadDetails | null, names: ItemNames): void;
}

/** `first` is the item as it was when the card was made. */
export function createItemCard(first: ItemClass, limits: SampleLimits, context: ItemsContext): ItemCard {
  const { refresh } = context;
  let item = first;
  const titleId = `item-${first.id}`;
  const title = createElement("h3", { attributes: { id: titleId } });
  const description = createElement("p", { class: "soft" });
  const count = createElement("p", { class: "item-count" });
  const quality = createElement("div", { class: "item-quality" });
  const gauge = createElement("div", { class: "gauge", attributes: { "aria-hidden": "true" } });
  const alert = createElement("div", { attributes: { role: "alert" } });
  const drop = createDrop(limits, { itemId: first.id, onChange: refresh });

  const change = async (wanted: Parameters<typeof changeClass>[1]): Promise<boolean> => {
    if (isBusy(element)) return false;
    setBusy(element, true);
    const answer = await changeClass(item.id, wanted);
    setBusy(element, false);
    showAlert(alert, answer.ok ? "" : answer.error.detail);
    if (answer.ok) await refresh();
    return answer.ok;
  };
  const heading = createElement("div", { class: "item-head" }, title, count);
  const rename = forAdmin(
    createButton(texts.rename, "quiet", () => {
      const form = createRenameForm(item, change, () => {
        form.replaceWith(heading);
        description.hidden = false;
        rename.focus();
      });
      heading.replaceWith(form);
      description.hidden = true;
      form.querySelector("input")?.select();
    }),
  );
  const archive = forAdmin(createButton(texts.archive, "quiet", () => void change({ archived: !item.archived })));
  const tools = createItemTools(first, context, (tool) => {
    element.dataset.tool = tool ?? "";
  });
  const foot = createElement("div", { class: "item-foot" }, rename, archive, forReviewer(tools.toggle));
  const element = createElement("article", { class: "card item", attributes: { "aria-labelledby": titleId } });
  element.append(heading, description, gauge, quality, drop.element, alert, foot, tools.element);

  const show = (next: ItemClass) => {
    item = next;
    title.textContent = item.name;
    description.textContent = describe(item, context.classes());
    count.textContent = item.byDescription ? texts.byDescription : texts.photos(item.examples);
    count.classList.toggle("item-count-few", item.examples < FEW_EXAMPLES);
    gauge.style.setProperty("--share", String(Math.min(1, item.examples / PLENTY_EXAMPLES)));
    archive.textContent = item.archived ? texts.restore : texts.archive;
    archive.hidden = item.mergedInto !== null;
    archive.setAttribute("aria-label", item.archived ? texts.restoreItem(item.name) : texts.archiveItem(item.name));
    rename.setAttribute("aria-label", texts.renameItem(item.name));
    drop.setName(item.name);
    drop.element.hidden = item.archived;
    quality.hidden = item.archived;
    tools.show(item);
  };
  const showQuality = (details: HeadDetails | null, names: ItemNames) => {
    quality.replaceChildren(...(details === null ? [] : createQuality(details, item, names)));
  };
  return { element, show, teach: drop.add, showQuality };
}

/** The verdict, the curve that speaks for it, and the figures; what was not measured, or on too few photos to tell, is left out. */
function createQuality(details: HeadDetails, { id, name }: ItemClass, names: ItemNames): readonly Node[] {
  const own = details.perClass.find(({ classId }) => classId === id);
  const isTelling = own !== undefined && own.examples >= FEW_EXAMPLES;
  const curve = isTelling ? createCurve(own.curve, name) : null;
  const verdict = createElement("p", { class: "item-verdict", text: describeEnough(details, id, names) });
  const figures = createElement("p", { class: "soft small", text: describeQuality(details, id, names) });
  return [verdict, ...(curve === null ? [] : [curve]), figures].filter(({ textContent }) => textContent !== "");
}

/** A merged item says where it went: it cannot come back on the menu. */
function describe({ description, mergedInto }: ItemClass, classes: readonly ItemClass[]): string {
  if (mergedInto === null) return description ?? "";
  return texts.mergedInto(classes.find(({ id }) => id === mergedInto)?.name ?? mergedInto);
}
