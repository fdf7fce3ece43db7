/**
 * An item's learning curve as a small picture: photos across, the share of them that is recognised upwards, a band for
 * what chance leaves open (Wilson, 95 %). The same in words for those who do not see it. Colours come from the style sheet.
 */
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import { describeCurve } from "./enough.ts";
import type { ClassQuality } from "./head-answers.ts";
import { createSvg } from "./svg.ts";
import { wilsonInterval } from "./wilson.ts";

const WIDTH = 200;
const HEIGHT = 64;
/** Room for the dots, and below for the numbers of photos. */
const MARGIN = { left: 8, right: 46, top: 8, bottom: 16 };

/** Null where there are not two points to draw a line through. */
export function createCurve(curve: ClassQuality["curve"], name: string): SVGSVGElement | null {
  if (curve === null || curve.length < 2) return null;
  const most = curve[curve.length - 1][0];
  const points = curve.map(([examples, recall]) => {
    const { low, high } = wilsonInterval(recall, examples);
    return { examples, recall, x: toX(examples, most), y: toY(recall), low: toY(low), high: toY(high) };
  });
  const last = points[points.length - 1];
  const upper = points.map(({ x, high }) => `${x},${high}`);
  const lower = points.map(({ x, low }) => `${x},${low}`).toReversed();
  const words = kitchen.itemQuality.curve.picture(name, describeCurve(curve));
  return createSvg(
    "svg",
    { class: "curve", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": words },
    createSvg("line", { class: "curve-axis", x1: MARGIN.left, x2: last.x, y1: toY(0), y2: toY(0) }),
    createSvg("polygon", { class: "curve-band", points: [...upper, ...lower].join(" ") }),
    createSvg("polyline", { class: "curve-line", points: points.map(({ x, y }) => `${x},${y}`).join(" ") }),
    ...points.map(({ x, y }) => createSvg("circle", { class: "curve-dot", cx: x, cy: y, r: 3 })),
    ...points.map(({ x, examples }) => createText(x, HEIGHT - 3, String(examples), "middle")),
    createText(0, HEIGHT - 3, kitchen.itemQuality.curve.axis, "start"),
    createText(last.x + 8, last.y + 4, kitchen.words.formatShare(last.recall), "start"),
  );
}

function createText(x: number, y: number, text: string, anchor: "start" | "middle"): SVGElement {
  const label = createSvg("text", { class: "curve-text", x, y, "text-anchor": anchor });
  label.textContent = text;
  return label;
}

function toX(examples: number, most: number): number {
  return round(MARGIN.left + (examples / most) * (WIDTH - MARGIN.left - MARGIN.right));
}

function toY(share: number): number {
  return round(MARGIN.top + (1 - share) * (HEIGHT - MARGIN.top - MARGIN.bottom));
}

function round(value: number): number {
  return Math.round(value * 10) / 10;
}
