/** Damages photos on purpose, by a seed: the same seed and file always give the same bytes. */
import { crc32 } from "node:zlib";
import { createRandom, type Random } from "./random.ts";

type Bytes = Uint8Array<ArrayBuffer>;
type Mutation = (photo: Bytes, random: Random) => Bytes;

const pick = (random: Random, count: number) => Math.floor(random() * count);

/** Every way in which files arrive broken, or are made to. */
const MUTATIONS: Readonly<Record<string, Mutation>> = {
  "bit flips": (photo, random) => {
    const copy = photo.slice();
    for (let i = 0; i <= pick(random, 12); i++) copy[pick(random, copy.length)] ^= 1 << pick(random, 8);
    return copy;
  },
  truncation: (photo, random) => photo.slice(0, pick(random, photo.length)),
  /** Bytes of the first 64, where sizes, depths and lengths stand, get values that programs stumble over. */
  "header lies": (photo, random) => {
    const copy = photo.slice();
    const lies = [0, 1, 2, 3, 8, 16, 0x7f, 0x80, 0xfe, 0xff];
    for (let i = 0; i <= pick(random, 4); i++) copy[2 + pick(random, 62)] = lies[pick(random, lies.length)] ?? 0;
    return copy;
  },
  /** Stretches of the file change places, as chunks of a container might. */
  "chunk shuffle": (photo, random) => {
    const [from, to] = [pick(random, photo.length), pick(random, photo.length)];
    const length = Math.min(pick(random, 400), photo.length - Math.max(from, to));
    const copy = photo.slice();
    copy.set(photo.subarray(from, from + length), to);
    copy.set(photo.subarray(to, to + length), from);
    return copy;
  },
  "doubled stretch": (photo, random) => {
    const [from, at] = [pick(random, photo.length), pick(random, photo.length)];
    const stretch = photo.subarray(from, from + pick(random, 2_000));
    return new Uint8Array([...photo.subarray(0, at), ...stretch, ...photo.subarray(at)]);
  },
};

export const MUTATION_NAMES = Object.keys(MUTATIONS);

/** One damaged copy, and how it was damaged. Half of the damaged PNGs get right checksums, so that the decoder sees them. */
export function mutatePhoto(photo: Bytes, seed: string): { readonly name: string; readonly bytes: Bytes } {
  const random = createRandom(seed);
  const name = MUTATION_NAMES[pick(random, MUTATION_NAMES.length)] ?? "truncation";
  const bytes = (MUTATIONS[name] ?? ((same: Bytes) => same))(photo, random);
  return { name, bytes: random() < 0.5 ? repairChecksums(bytes) : bytes };
}

function repairChecksums(bytes: Bytes): Bytes {
  if (bytes[0] !== 0x89 || bytes[1] !== 0x50) return bytes;
  const view = new DataView(bytes.buffer);
  for (let at = 8; at + 12 <= bytes.length; ) {
    const end = at + 12 + view.getUint32(at);
    if (end > bytes.length) break;
    view.setUint32(end - 4, crc32(bytes.subarray(at + 4, end - 4)));
    at = end;
  }
  return bytes;
}
