/** The map as tables: of the items, and when somebody wants them, of all the marks. */
import type { MapTexts } from "../texts/kitchen/en/map.ts";
import { createButton, createElement } from "./dom.ts";
import { shortPhoto } from "./example-words.ts";
import { addressOf } from "./look-address.ts";
import type { MapPoint, MenuMap } from "./map-api.ts";
import { distanceBetween, nearestTo } from "./map-scale.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

interface TableContext {
  readonly texts: MapTexts;
  readonly names: ItemNames;
  readonly onOpen: (point: MapPoint) => void;
}

/** Both; the second is made when it is unfolded. */
export function createMapTables(map: MenuMap, context: TableContext): HTMLElement {
  const { texts } = context;
  const title = createElement("h2", { class: "card-title", text: texts.table });
  const note = createElement("p", { class: "soft small", text: texts.tableNote });
  const summary = createElement("summary", { text: texts.allPhotos(map.points.length) });
  const fold = createElement("details", { class: "map-all" }, summary);
  fold.addEventListener("toggle", () => {
    if (fold.open && fold.childElementCount === 1) fold.append(createPointTable(map, context));
  });
  return createElement("section", { class: "map-tables" }, title, note, createItemTable(map, context), fold);
}

function createItemTable({ items, points }: MenuMap, { texts, names }: TableContext): HTMLElement {
  const { columns } = texts;
  const rows = items.map((item, k) => {
    const nearest = nearestTo(item, items, k);
    const own = points.filter(({ label }) => label === item.label);
    const astray = own.filter((point) => nearestTo(point, items) !== k).length;
    const link = createElement("a", {
      text: nameOf(names, item.label),
      attributes: { href: addressOf({ kind: "item", item: item.label }) },
    });
    const other = nearest < 0 ? null : items[nearest];
    return [
      link,
      String(item.examples),
      other === null ? "" : nameOf(names, other.label),
      other === null ? "" : texts.steps(distanceBetween(item, other)),
      texts.ofPhotos(astray, own.length),
    ];
  });
  return createTable([columns.item, columns.photos, columns.nearest, columns.distance, columns.astray], rows);
}

function createPointTable({ points }: MenuMap, { texts, names, onOpen }: TableContext): HTMLElement {
  const { columns } = texts;
  const rows = points.map((point) => {
    const { photo, label, x, y, doubted, answered, text } = point;
    const open = createButton(text === null ? shortPhoto(photo) : text.slice(0, 40), "quiet", () => onOpen(point));
    const remark = [
      ...(answered === null ? [] : [texts.answered(nameOf(names, answered))]),
      ...(doubted ? [texts.doubted] : []),
    ].join(", ");
    return [open, nameOf(names, label), texts.steps(x), texts.steps(y), remark];
  });
  return createTable([columns.photo, columns.item, columns.across, columns.upwards, columns.remark], rows);
}

/** The first cell of a row names it. */
function createTable(head: readonly string[], rows: readonly (readonly (string | HTMLElement)[])[]): HTMLElement {
  const titles = head.map((text) => createElement("th", { text, attributes: { scope: "col" } }));
  const body = rows.map(([first, ...rest]) => {
    const name = createElement("th", { attributes: { scope: "row" } });
    name.append(first);
    return createElement("tr", {}, name, ...rest.map((cell) => createElement("td", { text: String(cell) })));
  });
  const table = createElement(
    "table",
    { class: "map-table" },
    createElement("thead", {}, createElement("tr", {}, ...titles)),
    createElement("tbody", {}, ...body),
  );
  return createElement(
    "div",
    { class: "scroll", attributes: { tabindex: "0", role: "group", "aria-label": head[0] } },
    table,
  );
}
