/** Which part of an upright photo becomes which pixels of the backbone's input, along each axis. Pure arithmetic. */

/** How a photo of any shape is fitted to the input. */
export const FITS = ["center", "squash", "letterbox"] as const;

/**
 * `center`: the short side is resized to `resizeShortSide`, then the centre is cropped. `squash`: the whole photo is resized
 * to the input, whatever its shape. `letterbox`: the whole photo keeps its shape; the rest is the mean colour.
 */
export type Fit = (typeof FITS)[number];

/** Lengths in pixels: the input's height and width, and the side to which a photo is resized before it is cropped. */
export interface InputGeometry {
  readonly height: number;
  readonly width: number;
  readonly resizeShortSide: number;
  readonly crop: Fit;
}

/** One axis: `source` pixels are resized to `target`; `count` of these from `first` on are laid at `offset` of the input. */
export interface AxisLayout {
  readonly source: number;
  readonly target: number;
  readonly first: number;
  readonly count: number;
  readonly offset: number;
}

/** The layout of an upright photo of `width` x `height` pixels. */
export function layOut(width: number, height: number, input: InputGeometry): { across: AxisLayout; down: AxisLayout } {
  if (input.crop === "squash") return { across: whole(width, input.width), down: whole(height, input.height) };
  if (input.crop === "letterbox") {
    const scale = Math.min(input.width / width, input.height / height);
    return { across: inside(width, scale, input.width), down: inside(height, scale, input.height) };
  }
  const shortSide = Math.min(width, height);
  return {
    across: cropped(width, shortSide, input.resizeShortSide, input.width),
    down: cropped(height, shortSide, input.resizeShortSide, input.height),
  };
}

function whole(source: number, target: number): AxisLayout {
  return { source, target, first: 0, count: target, offset: 0 };
}

function inside(source: number, scale: number, available: number): AxisLayout {
  const target = Math.min(available, Math.max(1, Math.round(source * scale)));
  return { ...whole(source, target), offset: Math.floor((available - target) / 2) };
}

/** The long side is truncated as torchvision's `Resize` does. */
function cropped(source: number, shortSide: number, resizeShortSide: number, count: number): AxisLayout {
  const target = Math.max(count, Math.floor((resizeShortSide * source) / shortSide));
  return { source, target, first: Math.round((target - count) / 2), count, offset: 0 };
}
