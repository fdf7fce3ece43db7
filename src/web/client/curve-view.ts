/**
 * An item's learning curve as a small picture: photos across, the share of them that is recognised upwards, a band for
 * what chance leaves open (Wilson, 95 %). The same in words for those who do not see it. Colours come from the style sheet.
 */

import { wilsonInterval } from "../../shared/wilson.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { createElement } from "./dom.ts";
import { describeCurve } from "./enough.ts";
import type { ClassQuality } from "./head-answers.ts";
import { createSvg } from "./svg.ts";

const texts = kitchen.itemQuality.curve;
const WIDTH = 240;
const HEIGHT = 84;
/** Room for the dots, on the left for the shares, below for the numbers of photos. */
const MARGIN = { left: 46, right: 30, top: 10, bottom: 18 };

/** The picture, and for a screen too small for it a sentence. Null where there are not two points to draw a line through. */
export function createCurve(curve: ClassQuality["curve"], name: string): HTMLElement | null {
  if (curve === null || curve.length < 2) return null;
  const words = createElement("p", { class: "curve-words soft small", text: texts.words(describeCurve(curve)) });
  return createElement("div", { class: "curve-frame" }, drawCurve(curve, name), words);
}

function drawCurve(curve: NonNullable<ClassQuality["curve"]>, name: string): SVGSVGElement {
  const most = curve[curve.length - 1][0];
  const points = curve.map(([examples, recall]) => {
    const { low, high } = wilsonInterval(recall, examples);
    return { examples, recall, x: toX(examples, most), y: toY(recall), low: toY(low), high: toY(high) };
  });
  const last = points[points.length - 1];
  const upper = points.map(({ x, high }) => `${x},${high}`);
  const lower = points.map(({ x, low }) => `${x},${low}`).toReversed();
  const words = texts.picture(name, describeCurve(curve));
  return createSvg(
    "svg",
    { class: "curve", viewBox: `0 0 ${WIDTH} ${HEIGHT}`, role: "img", "aria-label": words },
    ...[0, 1].map((share) =>
      createSvg("line", { class: "curve-axis", x1: MARGIN.left, x2: last.x, y1: toY(share), y2: toY(share) }),
    ),
    ...[0, 1].map((share) => createText(MARGIN.left - 4, toY(share) + 4, kitchen.words.formatShare(share), "end")),
    createSvg("polygon", { class: "curve-band", points: [...upper, ...lower].join(" ") }),
    createSvg("polyline", { class: "curve-line", points: points.map(({ x, y }) => `${x},${y}`).join(" ") }),
    ...points.map(({ x, y }) => createSvg("circle", { class: "curve-dot", cx: x, cy: y, r: 3 })),
    ...points.slice(0, -1).map(({ x, examples }) => createText(x, HEIGHT - 3, String(examples), "middle")),
    createText(last.x, HEIGHT - 3, texts.photos(last.examples), "middle"),
  );
}

function createText(x: number, y: number, text: string, anchor: "end" | "middle"): SVGElement {
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
