/**
 * Decides what lies where in a wasm memory, before anything runs. Pure bookkeeping: first fit over what has been given back,
 * else at the end.
 */
export interface MemoryPlan {
  /** Reserves room for so many floats, for good and never used before, and returns its address in bytes. */
  keep(floats: number): number;
  /** Reserves room until it is released; something else may have lain there. */
  take(floats: number): number;
  /** Gives back what was taken at that address; undefined is nothing to give back. */
  release(at: number | undefined): void;
  /** Bytes in all. */
  size(): number;
}

/** Bytes of a float32, the only number that the kernels' memory holds. */
export const FLOAT_BYTES = 4;
/** Vectors are loaded 16 bytes at a time; a cache line keeps neighbours apart. */
const ALIGNMENT_BYTES = 64;
/** The first bytes stay unused: address 0 stands for "none". */
const START_BYTES = 64;

interface Block {
  at: number;
  bytes: number;
  isFree: boolean;
}

/** Addresses and `size` are in bytes; a block that is given back joins the free ones beside it. */
export function createMemoryPlan(): MemoryPlan {
  /** Neighbours in the order of their addresses. */
  const blocks: Block[] = [];
  let end = START_BYTES;

  function append(bytes: number): number {
    blocks.push({ at: end, bytes, isFree: false });
    end += bytes;
    return end - bytes;
  }

  return {
    keep: (floats) => append(bytesOf(floats)),
    take(floats) {
      const bytes = bytesOf(floats);
      const index = blocks.findIndex((block) => block.isFree && block.bytes >= bytes);
      if (index < 0) return append(bytes);
      const { at, bytes: found } = blocks[index];
      const rest = found > bytes ? [{ at: at + bytes, bytes: found - bytes, isFree: true }] : [];
      blocks.splice(index, 1, { at, bytes, isFree: false }, ...rest);
      return at;
    },
    release(at) {
      const index = blocks.findIndex((block) => block.at === at && !block.isFree);
      if (index < 0) return;
      blocks[index].isFree = true;
      mergeWithNext(blocks, index);
      if (index > 0) mergeWithNext(blocks, index - 1);
    },
    size: () => end,
  };
}

function bytesOf(floats: number): number {
  return Math.ceil((floats * FLOAT_BYTES) / ALIGNMENT_BYTES) * ALIGNMENT_BYTES;
}

function mergeWithNext(blocks: Block[], index: number): void {
  const block = blocks[index];
  const next = blocks.at(index + 1);
  if (!block.isFree || next === undefined || !next.isFree) return;
  block.bytes += next.bytes;
  blocks.splice(index + 1, 1);
}
