/** Packs operands into panels of 8 rows: for each k the 8 numbers of column k lie side by side. */
import { PANEL } from "./layout.as";

/** Packs rows of a row-major matrix: panel after panel, in each for k = 0.. the 8 numbers of column k; zeros past the end. */
export function packRows(target: usize, source: usize, stride: i32, count: i32, depth: i32): void {
  const step: usize = 4 * stride;
  for (let i = 0; i < count; i += PANEL) {
    const rows = min(PANEL, count - i);
    if (rows === PANEL) {
      packEightRows(target, source + <usize>i * step, step, depth);
    } else {
      memory.fill(target, 0, 4 * PANEL * depth);
      for (let p = 0; p < rows; p++) {
        const row = source + <usize>(i + p) * step;
        for (let k = 0; k < depth; k++) {
          store<f32>(target + 4 * <usize>(k * PANEL + p), load<f32>(row + 4 * k));
        }
      }
    }
    target += 4 * PANEL * depth;
  }
}

/** Eight rows of `depth` numbers, transposed four columns at a time in registers. */
function packEightRows(target: usize, row: usize, step: usize, depth: i32): void {
  let k = 0;
  for (; k + 4 <= depth; k += 4) {
    packFourByFour(target + 4 * <usize>(k * PANEL), row + 4 * k, step);
    packFourByFour(target + 4 * <usize>(k * PANEL) + 16, row + 4 * k + 4 * step, step);
  }
  for (; k < depth; k++) {
    for (let p = 0; p < PANEL; p++) {
      store<f32>(target + 4 * <usize>(k * PANEL + p), load<f32>(row + <usize>p * step + 4 * k));
    }
  }
}

function packFourByFour(target: usize, row: usize, step: usize): void {
  const r0 = v128.load(row);
  const r1 = v128.load(row + step);
  const r2 = v128.load(row + 2 * step);
  const r3 = v128.load(row + 3 * step);
  const low01 = v128.shuffle<f32>(r0, r1, 0, 4, 1, 5);
  const low23 = v128.shuffle<f32>(r2, r3, 0, 4, 1, 5);
  const high01 = v128.shuffle<f32>(r0, r1, 2, 6, 3, 7);
  const high23 = v128.shuffle<f32>(r2, r3, 2, 6, 3, 7);
  v128.store(target, v128.shuffle<f32>(low01, low23, 0, 1, 4, 5));
  v128.store(target + 32, v128.shuffle<f32>(low01, low23, 2, 3, 6, 7));
  v128.store(target + 64, v128.shuffle<f32>(high01, high23, 0, 1, 4, 5));
  v128.store(target + 96, v128.shuffle<f32>(high01, high23, 2, 3, 6, 7));
}

/** Packs columns: as `packRows` on the transpose, where eight neighbours lie side by side already. */
export function packColumns(target: usize, source: usize, stride: i32, count: i32, depth: i32): void {
  for (let i = 0; i < count; i += PANEL) {
    const columns = min(PANEL, count - i);
    for (let k = 0; k < depth; k++) {
      const from = source + 4 * (<usize>k * stride + i);
      if (columns === PANEL) {
        v128.store(target, v128.load(from));
        v128.store(target, v128.load(from, 16), 16);
      } else {
        for (let p = 0; p < PANEL; p++) {
          store<f32>(target + 4 * p, p < columns ? load<f32>(from + 4 * p) : 0);
        }
      }
      target += 4 * PANEL;
    }
  }
}
