/**
 * Draws pizza-like photos for tests: deterministic, each kind visibly its own, no two seeds the same. They need no
 * download and no licence; they stand for real photos only where the test is not about accuracy.
 */
import { encodePng } from "./png.ts";
import { createRandom, type Random } from "./random.ts";

/** What can be drawn. */
export const PHOTO_KINDS = ["pepperoni", "hawaiian", "margherita", "four_cheese", "mushroom"] as const;

type Colour = readonly [number, number, number];
type Blob = "disc" | "wedge" | "leaf" | "mushroom";

interface Topping {
  readonly shape: Blob;
  readonly colour: Colour;
  readonly count: number;
  /** Radius as a share of the pizza's. */
  readonly size: number;
}

interface Recipe {
  readonly base: Colour;
  readonly toppings: readonly Topping[];
}

const RECIPES: Readonly<Record<string, Recipe>> = {
  pepperoni: {
    base: [226, 150, 62],
    toppings: [{ shape: "disc", colour: [158, 32, 26], count: 18, size: 0.13 }],
  },
  hawaiian: {
    base: [240, 196, 92],
    toppings: [
      { shape: "wedge", colour: [252, 226, 60], count: 14, size: 0.15 },
      { shape: "disc", colour: [236, 150, 150], count: 12, size: 0.08 },
    ],
  },
  margherita: {
    base: [196, 54, 34],
    toppings: [
      { shape: "disc", colour: [250, 244, 228], count: 9, size: 0.17 },
      { shape: "leaf", colour: [44, 116, 42], count: 8, size: 0.13 },
    ],
  },
  four_cheese: {
    base: [248, 226, 150],
    toppings: [
      { shape: "disc", colour: [254, 246, 208], count: 14, size: 0.15 },
      { shape: "disc", colour: [206, 152, 74], count: 10, size: 0.06 },
      { shape: "disc", colour: [122, 146, 158], count: 12, size: 0.035 },
    ],
  },
  mushroom: {
    base: [222, 170, 104],
    toppings: [{ shape: "mushroom", colour: [140, 116, 92], count: 16, size: 0.15 }],
  },
};

const CRUST: Colour = [190, 128, 62];
const NOISE = 10;

/** Of the first ones, which are those of the menu that most suites teach: to draw one takes 20 ms. */
const KEPT_PHOTOS = 100;
const drawn = new Map<string, Uint8Array<ArrayBuffer>>();

/** One picture in progress: RGB, row by row. */
interface Canvas {
  readonly pixels: Uint8Array;
  readonly size: number;
}

/** A PNG of one pizza of `kind`, `size` pixels wide and high. The same arguments give the same bytes; without noise they are few. */
export function makePhoto(kind: string, seed: number, size = 256, noise = NOISE): Uint8Array<ArrayBuffer> {
  const name = [kind, seed, size, noise].join("/");
  const photo = drawn.get(name) ?? encodePng(drawPhoto(kind, seed, size, noise), size, size);
  if (drawn.size < KEPT_PHOTOS) drawn.set(name, photo);
  return photo.slice();
}

/** The same as RGB, row by row. */
export function drawPhoto(kind: string, seed: number, size = 256, noise = NOISE): Uint8Array {
  const recipe = RECIPES[kind];
  if (recipe === undefined) throw new Error(`no recipe for ${kind}; there are ${PHOTO_KINDS.join(", ")}`);
  const random = createRandom(`${kind}/${seed}`);
  const canvas: Canvas = { pixels: new Uint8Array(size * size * 3), size };
  const table = vary([96, 84, 78], 40, random);
  for (let i = 0; i < canvas.pixels.length; i++) canvas.pixels[i] = table[i % 3] ?? 0;

  const radius = size * (0.4 + 0.06 * random());
  const x = size * (0.46 + 0.08 * random());
  const y = size * (0.46 + 0.08 * random());
  fillDisc(canvas, x, y, radius, vary(CRUST, 16, random));
  fillDisc(canvas, x, y, radius * 0.88, vary(recipe.base, 12, random));
  for (const topping of recipe.toppings) scatter(canvas, { x, y, radius }, topping, random);
  addNoise(canvas, random, noise);
  return canvas.pixels;
}

function scatter(canvas: Canvas, pizza: { x: number; y: number; radius: number }, topping: Topping, random: Random) {
  for (let i = 0; i < topping.count; i++) {
    const turn = 2 * Math.PI * random();
    const reach = pizza.radius * 0.72 * Math.sqrt(random());
    const radius = pizza.radius * topping.size * (0.85 + 0.3 * random());
    const centre = { x: pizza.x + reach * Math.cos(turn), y: pizza.y + reach * Math.sin(turn) };
    drawBlob(canvas, topping.shape, centre, radius, vary(topping.colour, 14, random), 2 * Math.PI * random());
  }
}

function drawBlob(
  canvas: Canvas,
  shape: Blob,
  at: { x: number; y: number },
  radius: number,
  colour: Colour,
  turn: number,
) {
  const along = { x: Math.cos(turn), y: Math.sin(turn) };
  if (shape === "disc") return fillDisc(canvas, at.x, at.y, radius, colour);
  if (shape === "mushroom") {
    fillDisc(canvas, at.x, at.y, radius, colour);
    fillDisc(canvas, at.x, at.y, radius * 0.72, lighten(colour, 82));
    return fillDisc(
      canvas,
      at.x + along.x * radius * 0.9,
      at.y + along.y * radius * 0.9,
      radius * 0.42,
      lighten(colour, 60),
    );
  }
  fillWhere(canvas, at.x, at.y, radius, colour, (dx, dy) => {
    const u = (dx * along.x + dy * along.y) / radius;
    const v = (dy * along.x - dx * along.y) / radius;
    return shape === "leaf" ? u * u + 6 * v * v < 1 : u > -0.2 && Math.abs(v) < 0.62 * (u + 0.2);
  });
}

function fillDisc(canvas: Canvas, x: number, y: number, radius: number, colour: Colour): void {
  fillWhere(canvas, x, y, radius, colour, (dx, dy) => dx * dx + dy * dy < radius * radius);
}

/** Paints the pixels of a square around (x, y) for which `isInside(dx, dy)` holds. */
function fillWhere(
  { pixels, size }: Canvas,
  x: number,
  y: number,
  radius: number,
  colour: Colour,
  isInside: (dx: number, dy: number) => boolean,
): void {
  const first = (centre: number) => Math.max(0, Math.floor(centre - radius));
  const last = (centre: number) => Math.min(size - 1, Math.ceil(centre + radius));
  for (let row = first(y); row <= last(y); row++) {
    for (let column = first(x); column <= last(x); column++) {
      if (isInside(column - x, row - y)) pixels.set(colour, (row * size + column) * 3);
    }
  }
}

function addNoise({ pixels }: Canvas, random: Random, noise: number): void {
  for (let i = 0; i < pixels.length; i++) pixels[i] = clamp((pixels[i] ?? 0) + noise * (2 * random() - 1));
}

function vary(colour: Colour, amount: number, random: Random): Colour {
  const shift = amount * (2 * random() - 1);
  return lighten(colour, shift);
}

function lighten([r, g, b]: Colour, amount: number): Colour {
  return [clamp(r + amount), clamp(g + amount), clamp(b + amount)];
}

function clamp(value: number): number {
  return Math.max(0, Math.min(255, Math.round(value)));
}
