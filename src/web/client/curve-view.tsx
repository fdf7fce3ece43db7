/**
 * An item's learning curve as a small picture: photos across, the share of them that is recognised upwards, a band for
 * what chance leaves open (Wilson, 95 %). The same in words for those who do not see it. Colours come from the style sheet.
 */
import { wilsonInterval } from "../../shared/wilson.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { describeCurve } from "./enough.ts";
import type { ClassQuality } from "./head-answers.ts";

const texts = kitchen.itemQuality.curve;
const WIDTH = 240;
const HEIGHT = 84;
/** Room for the dots, on the left for the shares, below for the numbers of photos. */
const MARGIN = { left: 46, right: 30, top: 10, bottom: 18 };

interface CurveProps {
  readonly curve: ClassQuality["curve"];
  /** The item's. */
  readonly name: string;
}

/** The picture, and for a screen too small for it a sentence. Nothing where there are not two points to draw a line through. */
export function Curve({ curve, name }: CurveProps) {
  if (curve === null || curve.length < 2) return null;
  const most = curve[curve.length - 1][0];
  const points = curve.map(([examples, recall]) => {
    const { low, high } = wilsonInterval(recall, examples);
    return { examples, x: toX(examples, most), y: toY(recall), low: toY(low), high: toY(high) };
  });
  const last = points[points.length - 1];
  const upper = points.map(({ x, high }) => `${x},${high}`);
  const lower = points.map(({ x, low }) => `${x},${low}`).toReversed();
  const words = describeCurve(curve);
  return (
    <div class="curve-frame">
      <svg class="curve" viewBox={`0 0 ${WIDTH} ${HEIGHT}`} role="img" aria-label={texts.picture(name, words)}>
        {[0, 1].map((share) => (
          <g key={share}>
            <line class="curve-axis" x1={MARGIN.left} x2={last.x} y1={toY(share)} y2={toY(share)} />
            <text class="curve-text" x={MARGIN.left - 4} y={toY(share) + 4} text-anchor="end">
              {kitchen.words.formatShare(share)}
            </text>
          </g>
        ))}
        <polygon class="curve-band" points={[...upper, ...lower].join(" ")} />
        <polyline class="curve-line" points={points.map(({ x, y }) => `${x},${y}`).join(" ")} />
        {points.map(({ examples, x, y }) => (
          <g key={examples}>
            <circle class="curve-dot" cx={x} cy={y} r={3} />
            <text class="curve-text" x={x} y={HEIGHT - 3} text-anchor="middle">
              {x === last.x ? texts.photos(examples) : examples}
            </text>
          </g>
        ))}
      </svg>
      <p class="curve-words soft small">{texts.words(words)}</p>
    </div>
  );
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
