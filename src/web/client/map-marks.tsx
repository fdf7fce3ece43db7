/** The marks of the map: a shape and a colour for each item, so that none is told by its colour alone. Colours are the style sheet's. */

const COLOURS = 8;

/** Paths around the origin, about as large as each other to the eye. */
const SHAPES = [
  "M5 0A5 5 0 1 1-5 0A5 5 0 1 1 5 0Z",
  "M-4.5-4.5H4.5V4.5H-4.5Z",
  "M0-5.8L5.6 4.4H-5.6Z",
  "M0-6.3L6.3 0L0 6.3L-6.3 0Z",
  "M0 5.8L-5.6-4.4H5.6Z",
  "M-1.8-5.6H1.8V-1.8H5.6V1.8H1.8V5.6H-1.8V1.8H-5.6V-1.8H-1.8Z",
  "M0-6.4L1.8-2.2L6.2-2L2.8 1L3.9 5.4L0 3L-3.9 5.4L-2.8 1L-6.2-2L-1.8-2.2Z",
];

interface MarkProps {
  /** Its place among the items: 56 look each their own way. */
  readonly item: number;
}

/** A shape around the origin. */
export function Mark({ item }: MarkProps) {
  return <path class={`map-mark map-colour-${item % COLOURS}`} d={SHAPES[item % SHAPES.length]} />;
}

/** One mark by itself, for the legend. */
export function KeyMark({ item }: MarkProps) {
  return (
    <svg class="map-key" viewBox="-8 -8 16 16" aria-hidden="true">
      <Mark item={item} />
    </svg>
  );
}
