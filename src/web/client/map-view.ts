/**
 * The map as a picture: a mark for each example, the names of the items where they are few, and a bar as long as one unit. One stop for the
 * Tab key; arrows go from mark to mark, and what is under way is told in words.
 */
import type { MapTexts } from "../texts/kitchen/en/map.ts";
import { createElement } from "./dom.ts";
import type { MapPoint, MenuMap } from "./map-api.ts";
import { lookOf } from "./map-marks.ts";
import { fitScale, nearestTo, type Spot, stepFrom } from "./map-scale.ts";
import { createSvg } from "./svg.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

const LARGE = { width: 880, height: 600 };
/** On a phone: as wide as its window, so that marks keep their size. */
const SMALL = { width: 340, height: 420 };
const SMALL_WINDOW = "(width < 40rem)";
const MARGIN = 34;
/** More names would cover the marks. */
const MAX_NAMES = 20;
/** A click beside a mark means the mark. */
const REACH = 16;

/** What the picture needs. */
interface MapContext {
  readonly texts: MapTexts;
  readonly names: ItemNames;
  readonly onOpen: (point: MapPoint) => void;
}

interface MapView {
  readonly elements: readonly HTMLElement[];
  /** Brings one item out, or none. */
  highlight(label: string | null): void;
  /** Gives the focus back, on the mark of this example. */
  focus(photo: string): void;
}

/** The picture and the words below it. */
export function createMapView(map: MenuMap, context: MapContext): MapView {
  const { texts, names, onOpen } = context;
  const { points, items } = map;
  const { width, height } = matchMedia(SMALL_WINDOW).matches ? SMALL : LARGE;
  const scale = fitScale([...points, ...items], width, height, MARGIN);
  const spots = points.map(scale.place);
  const at = new Map(items.map(({ label }, k) => [label, k]));
  const marks = points.map((point, i) => createMark(point, at.get(point.label) ?? 0, spots[i]));
  const cursor = createSvg("circle", { class: "map-cursor", r: 11, cx: -99, cy: -99 });
  const svg = createSvg(
    "svg",
    { class: "map-picture", viewBox: `0 0 ${width} ${height}`, "aria-hidden": "true" },
    ...marks,
    ...(items.length > MAX_NAMES
      ? []
      : items.map((item) => createName(nameOf(names, item.label), scale.place(item), width))),
    createStep(scale.unit, height),
    cursor,
  );
  const words = createElement("p", { class: "map-words small", text: texts.keys, attributes: { role: "status" } });
  const attributes = { role: "application", tabindex: "0", "aria-label": texts.picture(items.length, points.length) };
  const frame = createElement("div", { class: "map-frame card", attributes }, svg);
  let here = -1;
  const stop = (i: number) => {
    here = i;
    cursor.setAttribute("cx", String(spots[i].x));
    cursor.setAttribute("cy", String(spots[i].y));
    words.textContent = describePoint(points[i], context);
  };
  const findMark = (event: MouseEvent) => {
    const box = svg.getBoundingClientRect();
    const factor = width / box.width;
    const spot = { x: (event.clientX - box.left) * factor, y: (event.clientY - box.top) * factor };
    const nearest = nearestTo(spot, spots);
    const isNear =
      nearest >= 0 && Math.hypot(spots[nearest].x - spot.x, spots[nearest].y - spot.y) <= REACH * Math.max(1, factor);
    return isNear ? nearest : -1;
  };
  frame.addEventListener("pointermove", (event) => {
    const near = findMark(event);
    svg.classList.toggle("map-points", near >= 0);
    if (near >= 0 && near !== here) stop(near);
  });
  frame.addEventListener("click", (event) => {
    const near = findMark(event);
    if (near < 0) return;
    stop(near);
    onOpen(points[near]);
  });
  frame.addEventListener("keydown", (event) => {
    if (points.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((event.key === "Enter" || event.key === " ") && here >= 0) onOpen(points[here]);
    else if (event.key.startsWith("Arrow")) stop(here < 0 ? 0 : (stepFrom(here, event.key, spots) ?? here));
    else return;
    event.preventDefault();
  });
  const highlight = (label: string | null) => {
    svg.classList.toggle("map-dimmed", label !== null);
    for (const [i, point] of points.entries()) marks[i].classList.toggle("map-out", point.label === label);
  };
  const focus = (photo: string) => {
    const found = points.findIndex((point) => point.photo === photo);
    if (found >= 0) stop(found);
    frame.focus();
  };
  return { elements: [frame, words], highlight, focus };
}

function createMark({ doubted }: MapPoint, item: number, { x, y }: Spot): SVGGElement {
  const { path, colour } = lookOf(item);
  const ring = doubted ? [createSvg("circle", { class: "map-doubt", r: 9.5 })] : [];
  const attributes = { class: "map-example", transform: `translate(${x} ${y})` };
  return createSvg("g", attributes, ...ring, createSvg("path", { class: `map-mark ${colour}`, d: path }));
}

/** Beside the middle of its item, within the picture. */
function createName(name: string, { x, y }: Spot, width: number): SVGElement {
  const anchor = x < width * 0.2 ? "start" : x > width * 0.8 ? "end" : "middle";
  const label = createSvg("text", { class: "map-name", x, y, "text-anchor": anchor });
  label.textContent = name;
  return label;
}

function createStep(unit: number, height: number): SVGElement {
  const [x, y] = [12, height - 14];
  const d = `M${x} ${y - 4}V${y + 4}M${x} ${y}H${x + unit}M${x + unit} ${y - 4}V${y + 4}`;
  return createSvg("path", { class: "map-step", d });
}

/** One example in words. */
export function describePoint(
  { photo, label, doubted, answered }: MapPoint,
  { texts, names }: Pick<MapContext, "texts" | "names">,
): string {
  const parts = [
    nameOf(names, label),
    ...(answered === null ? [] : [texts.answered(nameOf(names, answered))]),
    ...(doubted ? [texts.doubted] : []),
    photo.slice(0, 8),
  ];
  return parts.join(", ");
}
