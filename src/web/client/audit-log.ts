/** The audit log as a list: a filter for words in it, and as many entries as were asked for. */
import { describeAudit } from "./audit-words.ts";
import { createButton, createElement } from "./dom.ts";
import type { AuditEntry } from "./history-answers.ts";
import { countOf } from "./numbers.ts";
import { createTime } from "./time-element.ts";
import type { ItemNames } from "./version-words.ts";

const ENTRIES_SHOWN = 20;

export interface AuditLog {
  readonly element: HTMLElement;
  /** Newest first; keeps the filter and what has been unfolded. */
  show(entries: readonly AuditEntry[], names: ItemNames): void;
}

export function createAuditLog(): AuditLog {
  let lines: readonly { readonly words: string; readonly element: HTMLElement }[] = [];
  let room = ENTRIES_SHOWN;
  const filter = createElement("input", { attributes: { type: "search", autocomplete: "off" } });
  const label = createElement("label", { class: "field log-filter" });
  label.append(createElement("span", { class: "field-name small", text: "Only those with" }), filter);
  const list = createElement("ul", { class: "log" });
  const count = createElement("p", { class: "soft small", attributes: { role: "status" } });
  const more = createButton("Show more", "plain", () => {
    const next = room;
    room += ENTRIES_SHOWN;
    fill();
    // The button may be gone now; the first of the new entries is where reading goes on.
    const first = list.children[next];
    if (first instanceof HTMLElement) first.focus();
  });
  const fill = () => {
    const wanted = filter.value.trim().toLowerCase();
    const found = lines.filter(({ words }) => words.includes(wanted));
    list.replaceChildren(...found.slice(0, room).map(({ element }) => element));
    count.textContent =
      wanted === ""
        ? lines.length === 0
          ? "Nothing yet."
          : ""
        : `${countOf(found.length, "entry", "entries")} found.`;
    more.hidden = found.length <= room;
  };
  filter.addEventListener("input", () => {
    room = ENTRIES_SHOWN;
    fill();
  });
  const show = (entries: readonly AuditEntry[], names: ItemNames) => {
    lines = entries.map((entry) => createLine(entry, names));
    label.hidden = lines.length === 0;
    fill();
  };
  return { element: createElement("div", { class: "log-frame" }, label, count, list, more), show };
}

function createLine(entry: AuditEntry, names: ItemNames) {
  const when = createElement("span", { class: "soft small" }, createTime(entry.at));
  when.append(` by ${entry.actor === "admin" ? "staff" : entry.actor}`);
  const words = createElement("span", { text: describeAudit(entry, names) });
  const element = createElement("li", { attributes: { tabindex: "-1" } }, words, when);
  return { words: (element.textContent ?? "").toLowerCase(), element };
}
