/** The audit log as a list: a filter for words in it, and as many entries as were asked for, read page by page. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { describeAudit } from "./audit-words.ts";
import { createButton, createElement, isBusy, setBusy } from "./dom.ts";
import type { AuditEntry, AuditPage } from "./history-answers.ts";
import { createTime } from "./time-element.ts";
import type { ItemNames } from "./version-words.ts";

const ENTRIES_SHOWN = 20;
const texts = kitchen.history.log;

interface AuditLog {
  readonly element: HTMLElement;
  /** How many pages of entries are wanted. */
  pages(): number;
  /** Newest first; keeps the filter and what has been unfolded. */
  show(page: AuditPage, names: ItemNames): void;
}

/** `load` asks for as many pages as are wanted, and shows them. */
export function createAuditLog(load: () => Promise<void>): AuditLog {
  let lines: readonly { readonly words: string; readonly element: HTMLElement }[] = [];
  let room = ENTRIES_SHOWN;
  let pages = 1;
  let isAll = true;
  const filter = createElement("input", { attributes: { type: "search", autocomplete: "off" } });
  const label = createElement("label", { class: "field log-filter" });
  label.append(createElement("span", { class: "field-name small", text: texts.filter }), filter);
  const list = createElement("ul", { class: "log" });
  const count = createElement("p", { class: "soft small", attributes: { role: "status" } });
  const more = createButton(kitchen.frame.showMore, "plain", async () => {
    if (isBusy(more)) return;
    const seen = list.childElementCount;
    room = seen + ENTRIES_SHOWN;
    if (findLines().length < room && !isAll) {
      pages++;
      setBusy(more, true);
      await load();
      setBusy(more, false);
    } else fill();
    // The button may be gone now; the first of the new entries is where reading goes on.
    const first = list.children[seen];
    if (first instanceof HTMLElement) first.focus();
  });
  const wanted = () => filter.value.trim().toLowerCase();
  const findLines = () => lines.filter(({ words }) => words.includes(wanted()));
  const fill = () => {
    const found = findLines();
    list.replaceChildren(...found.slice(0, room).map(({ element }) => element));
    const sum = isAll ? texts.found(found.length) : texts.foundAmong(found.length, lines.length);
    count.textContent = wanted() !== "" ? sum : lines.length === 0 ? texts.none : "";
    more.hidden = found.length <= room && isAll;
  };
  filter.addEventListener("input", () => {
    room = ENTRIES_SHOWN;
    fill();
  });
  const show = ({ entries, next }: AuditPage, names: ItemNames) => {
    lines = entries.map((entry) => createLine(entry, names));
    isAll = next === null;
    label.hidden = lines.length === 0;
    fill();
  };
  const element = createElement("div", { class: "log-frame" }, label, count, list, more);
  return { element, pages: () => pages, show };
}

function createLine(entry: AuditEntry, names: ItemNames) {
  const when = createElement("span", { class: "soft small" }, createTime(entry.at));
  when.append(texts.by(entry.actor));
  const words = createElement("span", { text: describeAudit(entry, names) });
  const element = createElement("li", { attributes: { tabindex: "-1" } }, words, when);
  return { words: (element.textContent ?? "").toLowerCase(), element };
}
