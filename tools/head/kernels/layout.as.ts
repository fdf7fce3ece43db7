/** Memory of the kernels: what lies where in the first bytes, and the sizes of blocks. See `head-kernels.as.ts`. */

/** Rows of A and of B that are packed at once: 512 x 128 x 4 bytes = 256 KiB each, half of a usual L2 cache. */
export const CHUNK: i32 = 512;
/** Longest depth of one packed product. */
export const DEPTH: i32 = 128;
/** Columns that Cholesky and the solves take at a time. */
export const BLOCK: i32 = 64;
/** Rows of a packed panel. */
export const PANEL: i32 = 8;

export const PACKED_A: usize = 0;
export const PACKED_B: usize = PACKED_A + 4 * CHUNK * DEPTH;
/** Inverse of a diagonal block, BLOCK x BLOCK. */
export const INVERSE: usize = PACKED_B + 4 * CHUNK * DEPTH;
/** One 4 x 8 tile on its way to an edge. */
export const EDGE: usize = INVERSE + 4 * BLOCK * BLOCK;
export const SCRATCH_BYTES: usize = EDGE + 4 * 4 * PANEL;

/** How the rows of C follow each other: every `stride` numbers, or as a packed lower triangle. */
export const PACKED_TRIANGLE: i32 = -1;
