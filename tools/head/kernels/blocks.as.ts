/** Diagonal blocks of at most BLOCK columns: Cholesky, inverse, and its application to rows. */
import { BLOCK, CHUNK, INVERSE, PACKED_A, PACKED_B } from "./layout.as";
import { packColumns, packRows } from "./packing.as";
import { accumulate } from "./product.as";

/** Cholesky of one block of at most BLOCK columns; sums in float64, they are few. */
export function factoriseBlock(a: usize, stride: i32, width: i32): bool {
  for (let i = 0; i < width; i++) {
    const rowI = a + 4 * (<usize>i * stride);
    for (let j = 0; j <= i; j++) {
      const rowJ = a + 4 * (<usize>j * stride);
      let value: f64 = load<f32>(rowI + 4 * j);
      for (let k = 0; k < j; k++) value -= <f64>load<f32>(rowI + 4 * k) * <f64>load<f32>(rowJ + 4 * k);
      if (j < i) {
        store<f32>(rowI + 4 * j, <f32>(value / <f64>load<f32>(rowJ + 4 * j)));
      } else {
        if (!(value > 0)) return false;
        store<f32>(rowI + 4 * i, <f32>Math.sqrt(value));
      }
    }
  }
  return true;
}

/** INVERSE = L^-1 of a diagonal block (BLOCK x BLOCK, row-major, zeros above), column by column. */
export function invertBlock(lower: usize, stride: i32, width: i32): void {
  memory.fill(INVERSE, 0, 4 * BLOCK * BLOCK);
  for (let i = 0; i < width; i++) {
    const row = lower + 4 * (<usize>i * stride);
    const pivot: f64 = load<f32>(row + 4 * i);
    for (let j = 0; j <= i; j++) {
      let value: f64 = i === j ? 1 : 0;
      for (let k = j; k < i; k++) value -= <f64>load<f32>(row + 4 * k) * <f64>load<f32>(inverseAt(k, j));
      store<f32>(inverseAt(i, j), <f32>(value / pivot));
    }
  }
}

/** Columns of `rows` (rowCount x width): `R = R M^T`, or `R M`, with M the inverse of the diagonal block. */
export function applyInverse(rows: usize, stride: i32, rowCount: i32, width: i32, isTransposed: bool): void {
  if (isTransposed) packColumns(PACKED_B, INVERSE, BLOCK, width, width);
  else packRows(PACKED_B, INVERSE, BLOCK, width, width);
  for (let i = 0; i < rowCount; i += CHUNK) {
    const height = min(CHUNK, rowCount - i);
    const part = rows + 4 * (<usize>i * stride);
    packRows(PACKED_A, part, stride, height, width);
    for (let p = 0; p < height; p++) memory.fill(part + 4 * (<usize>p * stride), 0, 4 * width);
    accumulate(part, stride, 0, height, 0, width, width, 1, false);
  }
}

function inverseAt(i: i32, j: i32): usize {
  return INVERSE + 4 * <usize>(i * BLOCK + j);
}
