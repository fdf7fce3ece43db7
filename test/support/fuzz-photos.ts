/** Sends damaged photos through the Worker's own way from bytes to tensor, in this process, and counts what became of them. */
import { readdirSync, readFileSync } from "node:fs";
import { createNodeDecoder } from "../../cli/evaluate/node-embedder.ts";
import { photoToTensor } from "../../src/image/photo.ts";
import { mutatePhoto } from "./mutate-photo.ts";

const FIXTURES = new URL("../fixtures/photos/", import.meta.url);
const LIMITS = { maxImageBytes: 1_000_000, maxImagePixels: 3_000_000 };
const SPEC = {
  height: 64,
  width: 64,
  resizeShortSide: 72,
  crop: "center" as const,
  mean: [0.485, 0.456, 0.406] as const,
  std: [0.229, 0.224, 0.225] as const,
};

export interface FuzzReport {
  /** Outcomes by code; "decoded" for those that still were photos. */
  readonly outcomes: Readonly<Record<string, number>>;
  readonly slowestMs: number;
  /** The seed of the slowest one. */
  readonly slowest: string;
}

/** Every committed photo, by name. */
export function readFixturePhotos(): ReadonlyMap<string, Uint8Array<ArrayBuffer>> {
  const names = readdirSync(FIXTURES).filter((name) => !name.endsWith(".json"));
  return new Map(names.map((name) => [name, new Uint8Array(readFileSync(new URL(name, FIXTURES)))]));
}

/**
 * Throws, naming the seed, when anything but a tensor of numbers or a refusal comes out, or when an undamaged photo is not
 * decoded as before after a damaged one.
 */
export async function fuzzPhotos(count: number, seed: string): Promise<FuzzReport> {
  const decode = await createNodeDecoder();
  const photos = [...readFixturePhotos()];
  const toTensor = (bytes: Uint8Array<ArrayBuffer>) => photoToTensor(bytes, SPEC, LIMITS, decode);
  const whole = new Map<string, string>();
  for (const [name, bytes] of photos) whole.set(name, describe(await toTensor(bytes.slice())));
  const outcomes: Record<string, number> = {};
  let [slowestMs, slowest] = [0, ""];
  for (let i = 0; i < count; i++) {
    const [name, photo] = photos[i % photos.length] ?? ["", new Uint8Array()];
    const id = `${seed}/${i}/${name}`;
    const { bytes } = mutatePhoto(photo, id);
    const start = performance.now();
    const result = await toTensor(bytes).catch((cause: unknown) => {
      throw new Error(`${id}: the decode path threw ${String(cause)}`);
    });
    const ms = performance.now() - start;
    if (ms > slowestMs) [slowestMs, slowest] = [ms, id];
    if (result.ok && !result.value.every(Number.isFinite)) throw new Error(`${id}: the tensor holds what is no number`);
    const outcome = result.ok ? "decoded" : result.error.code;
    outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
    if (!result.ok && describe(await toTensor(photo.slice())) !== whole.get(name)) {
      throw new Error(`${id}: the photo itself is decoded differently afterwards`);
    }
  }
  return { outcomes, slowestMs, slowest };
}

/** Enough of a result to tell two apart. */
function describe(result: Awaited<ReturnType<typeof photoToTensor>>): string {
  if (!result.ok) return result.error.code;
  return result.value.reduce((sum, value, i) => sum + value * (1 + (i % 7)), 0).toString();
}
