/** An item at its own place: what its card on the menu has, how well it is told apart in figures, and its tools. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { changeClass } from "./admin-api.ts";
import { FEW_EXAMPLES } from "./advice.ts";
import type { SampleLimits } from "./answers.ts";
import { describeQuality } from "./confusion.ts";
import { createCurve } from "./curve-view.ts";
import { createButton, createElement, find, isBusy, setBusy, showAlert } from "./dom.ts";
import type { HeadDetails } from "./head-answers.ts";
import { createItemParts, type ItemCard } from "./item-card.ts";
import { createItemTools } from "./item-tools.ts";
import type { ItemsContext } from "./items-context.ts";
import { createRenameForm } from "./rename-form.ts";
import { forAdmin, forReviewer } from "./role.ts";
import type { ItemNames } from "./version-words.ts";

const texts = kitchen.items.card;

/** `first` is the item as it was when the page was opened; its name is the page's title. */
export function createItemDetail(first: ItemClass, limits: SampleLimits, context: ItemsContext): ItemCard {
  let item = first;
  const parts = createItemParts(first, limits, context, find("items-title"));
  const { element, heading, description, quality } = parts;
  const alert = createElement("div", { attributes: { role: "alert" } });

  const change = async (wanted: Parameters<typeof changeClass>[1]): Promise<boolean> => {
    if (isBusy(element)) return false;
    setBusy(element, true);
    const answer = await changeClass(item.id, wanted);
    setBusy(element, false);
    showAlert(alert, answer.ok ? "" : answer.error.detail);
    if (answer.ok) await context.refresh();
    return answer.ok;
  };
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
  const tools = createItemTools(first, context, [rename, archive]);
  element.append(alert, forReviewer(tools.element));

  const show = (next: ItemClass) => {
    item = next;
    archive.textContent = item.archived ? texts.restore : texts.archive;
    archive.hidden = item.mergedInto !== null;
    archive.setAttribute("aria-label", item.archived ? texts.restoreItem(item.name) : texts.archiveItem(item.name));
    rename.setAttribute("aria-label", texts.renameItem(item.name));
    parts.show(item);
    tools.show(item);
  };
  const showQuality = (details: HeadDetails | null, names: ItemNames) => {
    parts.showQuality(details, names);
    if (details !== null) quality.append(...createFigures(details, item, names));
  };
  return { element, show, teach: parts.teach, showQuality };
}

/** The curve and the figures; what was not measured, or on too few photos to tell, is left out. */
function createFigures(details: HeadDetails, { id, name }: ItemClass, names: ItemNames): readonly Node[] {
  const own = details.perClass.find(({ classId }) => classId === id);
  const isTelling = own !== undefined && own.examples >= FEW_EXAMPLES;
  const curve = isTelling ? createCurve(own.curve, name) : null;
  const words = describeQuality(details, id, names);
  const figures = words === "" ? null : createElement("p", { class: "soft small", text: words });
  return [curve, figures].filter((node) => node !== null);
}
