import { describe, expect, it } from "vitest";
import { fuzzPhotos } from "../support/fuzz-photos.ts";
import { MUTATION_NAMES, mutatePhoto } from "../support/mutate-photo.ts";

/** `npm run fuzz:photos` runs 20,000; here there is time for a few. */
const COUNT = 800;
const TIMEOUT_MS = 120_000;

describe("damaged photos", () => {
  it(
    "become a tensor of numbers or a refusal, and leave the decoders in order",
    async () => {
      const { outcomes } = await fuzzPhotos(COUNT, "ci");
      expect(Object.values(outcomes).reduce((sum, count) => sum + count, 0)).toBe(COUNT);
      expect(outcomes.decoded).toBeGreaterThan(COUNT / 20);
      expect(outcomes.image_broken).toBeGreaterThan(COUNT / 4);
    },
    TIMEOUT_MS,
  );

  it("are the same for the same seed, and of every kind", () => {
    const photo = Uint8Array.from({ length: 5_000 }, (_, i) => i % 251);
    const seeds = Array.from({ length: 100 }, (_, i) => String(i));
    const first = seeds.map((seed) => mutatePhoto(photo, seed));
    expect(seeds.map((seed) => mutatePhoto(photo, seed))).toEqual(first);
    expect(new Set(first.map(({ name }) => name)).size).toBe(MUTATION_NAMES.length);
  });
});
