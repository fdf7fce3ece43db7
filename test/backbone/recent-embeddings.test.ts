import { expect, it } from "vitest";
import { createRecentEmbeddings } from "../../src/backbone/recent-embeddings.ts";

const makeEmbedding = (value: number) => ({ values: Int8Array.of(127, value), scale: 1 / 128 });

it("remembers what it was told, for this backbone only", () => {
  const recent = createRecentEmbeddings(2);
  recent.remember("a", "backbone", makeEmbedding(1));
  expect(recent.find("a", "backbone")).toEqual(makeEmbedding(1));
  expect(recent.find("a", "another backbone")).toBeUndefined();
  expect(recent.find("b", "backbone")).toBeUndefined();
});

it("forgets the photo that was asked for longest ago", () => {
  const recent = createRecentEmbeddings(2);
  recent.remember("a", "backbone", makeEmbedding(1));
  recent.remember("b", "backbone", makeEmbedding(2));
  recent.find("a", "backbone");
  recent.remember("c", "backbone", makeEmbedding(3));
  expect(["a", "b", "c"].map((id) => recent.find(id, "backbone")?.values[1])).toEqual([1, undefined, 3]);
});
