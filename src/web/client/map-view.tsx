/**
 * The map as a picture: a mark for each example, the names of the items where they are few, and a bar as long as one unit. One stop for the
 * Tab key; arrows go from mark to mark, and what is under way is told in words.
 */
import type { Ref, TargetedKeyboardEvent, TargetedMouseEvent } from "preact";
import { useMemo, useRef, useState } from "preact/hooks";
import type { MapTexts } from "../texts/kitchen/en/map.ts";
import type { MapPoint, MenuMap } from "./map-api.ts";
import { Mark } from "./map-marks.tsx";
import { distanceBetween, fitScale, type MapScale, nearestTo, type Spot, stepFrom } from "./map-scale.ts";
import { describePoint } from "./map-words.ts";
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

interface MapViewProps {
  readonly map: MenuMap;
  readonly texts: MapTexts;
  readonly names: ItemNames;
  /** The item that is brought out, or null. */
  readonly chosen: string | null;
  /** The mark that is told of; -1 before there is one. */
  readonly here: number;
  readonly onStop: (at: number) => void;
  readonly onOpen: (point: MapPoint) => void;
  /** What takes the focus. */
  readonly frame: Ref<HTMLDivElement>;
}

/** The picture and the words below it. */
export function MapView({ map, texts, names, chosen, here, onStop, onOpen, frame }: MapViewProps) {
  const { points, items } = map;
  const [{ width, height }] = useState(() => (matchMedia(SMALL_WINDOW).matches ? SMALL : LARGE));
  const [isOnMark, setOnMark] = useState(false);
  const picture = useRef<SVGSVGElement>(null);
  const scale = useMemo(() => fitScale([...points, ...items], width, height, MARGIN), []);
  const spots = useMemo(() => points.map(scale.place), []);
  // The pointer moves more often than these change.
  const marks = useMemo(() => <Marks {...{ map, spots, chosen }} />, [chosen]);
  const labels = useMemo(() => <Names {...{ map, names, scale, width }} />, []);
  const findMark = ({ clientX, clientY }: MouseEvent) => {
    const box = picture.current?.getBoundingClientRect() ?? { left: 0, top: 0, width };
    const factor = width / box.width;
    const spot = { x: (clientX - box.left) * factor, y: (clientY - box.top) * factor };
    const nearest = nearestTo(spot, spots);
    return nearest >= 0 && distanceBetween(spots[nearest], spot) <= REACH * Math.max(1, factor) ? nearest : -1;
  };
  const point = (event: MouseEvent) => {
    const near = findMark(event);
    setOnMark(near >= 0);
    if (near >= 0) onStop(near);
  };
  const click = (event: TargetedMouseEvent<HTMLElement>) => {
    const near = findMark(event);
    if (near < 0) return;
    onStop(near);
    onOpen(points[near]);
  };
  const press = (event: TargetedKeyboardEvent<HTMLElement>) => {
    const { key } = event;
    if (points.length === 0 || event.ctrlKey || event.metaKey || event.altKey) return;
    if ((key === "Enter" || key === " ") && here >= 0) onOpen(points[here]);
    else if (key.startsWith("Arrow")) onStop(here < 0 ? 0 : (stepFrom(here, key, spots) ?? here));
    else return;
    event.preventDefault();
  };
  const spot = spots[here];
  return (
    <>
      <div
        class="map-frame card"
        role="application"
        // biome-ignore lint/a11y/noNoninteractiveTabindex: arrows walk in it
        tabIndex={0}
        aria-label={texts.picture(items.length, points.length)}
        ref={frame}
        onPointerMove={point}
        onClick={click}
        onKeyDown={press}
      >
        <svg
          class={`map-picture ${isOnMark ? "map-points" : ""} ${chosen === null ? "" : "map-dimmed"}`}
          viewBox={`0 0 ${width} ${height}`}
          aria-hidden="true"
          ref={picture}
        >
          {marks}
          {labels}
          <Step unit={scale.unit} height={height} />
          {spot && <circle class="map-cursor" r={11} cx={spot.x} cy={spot.y} />}
        </svg>
      </div>
      <p class="map-words small" role="status">
        {here < 0 ? texts.keys : describePoint(points[here], texts, names)}
      </p>
    </>
  );
}

interface MarksProps {
  readonly map: MenuMap;
  /** Of the points, in pixels. */
  readonly spots: readonly Spot[];
  readonly chosen: string | null;
}

function Marks({ map: { points, items }, spots, chosen }: MarksProps) {
  const places = new Map(items.map(({ label }, k) => [label, k]));
  return points.map(({ photo, label, doubted }, i) => (
    <g
      key={photo}
      class={`map-example ${label === chosen ? "map-out" : ""}`}
      transform={`translate(${spots[i].x} ${spots[i].y})`}
    >
      {doubted && <circle class="map-doubt" r={9.5} />}
      <Mark item={places.get(label) ?? 0} />
    </g>
  ));
}

interface NamesProps {
  readonly map: MenuMap;
  readonly names: ItemNames;
  readonly scale: MapScale;
  readonly width: number;
}

/** Each beside the middle of its item, within the picture. */
function Names({ map: { items }, names, scale, width }: NamesProps) {
  if (items.length > MAX_NAMES) return null;
  return items.map((item) => {
    const { x, y } = scale.place(item);
    const anchor = x < width * 0.2 ? "start" : x > width * 0.8 ? "end" : "middle";
    return (
      <text key={item.label} class="map-name" x={x} y={y} text-anchor={anchor}>
        {nameOf(names, item.label)}
      </text>
    );
  });
}

interface StepProps {
  /** Pixels of one. */
  readonly unit: number;
  readonly height: number;
}

function Step({ unit, height }: StepProps) {
  const [x, y] = [12, height - 14];
  return <path class="map-step" d={`M${x} ${y - 4}V${y + 4}M${x} ${y}H${x + unit}M${x + unit} ${y - 4}V${y + 4}`} />;
}
