/*
 * libjpeg-turbo's "fancy" upsampling of colours that have half the columns, or half the columns and half the rows, eight samples at a time.
 *
 * Changed for Headstart: of jdsample.c, which was part of the Independent JPEG Group's software, Copyright (C) 1991-1996, Thomas G. Lane,
 * with libjpeg-turbo modifications by D. R. Commander and others; under the IJG licence of LICENSE.libjpeg-turbo.md.
 */
#define JPEG_INTERNALS
#include "jinclude.h"
#include "jpeglib.h"
#include "jsimd.h"

#include <wasm_simd128.h>

enum { AT_ONCE = 8 };

/* Where a row comes from: itself, or three quarters of the nearer row and a quarter of the farther one, which is NULL for the first. */
typedef struct {
  JSAMPROW near;
  JSAMPROW far;
} source_rows;

/* What each half of a sample adds before the shift. */
typedef struct {
  int left;
  int right;
  int shift;
} rounding;

INLINE int sum(source_rows rows, JDIMENSION x) { return rows.far ? rows.near[x] * 3 + rows.far[x] : rows.near[x]; }

INLINE v128_t sums(source_rows rows, JDIMENSION x) {
  const v128_t near = wasm_u16x8_load8x8(rows.near + x);
  if (rows.far == NULL) return near;
  return wasm_i16x8_add(wasm_i16x8_mul(near, wasm_i16x8_splat(3)), wasm_u16x8_load8x8(rows.far + x));
}

/* Eight samples from `x` on, none of them at an edge: 3/4 of each and 1/4 of its neighbour. */
INLINE void widen_eight(source_rows rows, JDIMENSION x, JSAMPROW output, rounding by) {
  const v128_t centre = wasm_i16x8_mul(sums(rows, x), wasm_i16x8_splat(3));
  const v128_t left = wasm_i16x8_add(wasm_i16x8_add(centre, sums(rows, x - 1)), wasm_i16x8_splat((short)by.left));
  const v128_t right = wasm_i16x8_add(wasm_i16x8_add(centre, sums(rows, x + 1)), wasm_i16x8_splat((short)by.right));
  const v128_t samples = wasm_u8x16_narrow_i16x8(wasm_u16x8_shr(left, by.shift), wasm_u16x8_shr(right, by.shift));
  wasm_v128_store(output + 2 * x, wasm_i8x16_shuffle(samples, samples, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15));
}

INLINE void widen_one(source_rows rows, JDIMENSION x, JDIMENSION last, JSAMPROW output, rounding by) {
  const int centre = sum(rows, x);
  const int before = sum(rows, x > 0 ? x - 1 : x), after = sum(rows, x < last ? x + 1 : x);
  output[2 * x] = (JSAMPLE)((centre * 3 + before + by.left) >> by.shift);
  output[2 * x + 1] = (JSAMPLE)((centre * 3 + after + by.right) >> by.shift);
}

/* `width` samples, at least two, to twice as many. Those before the last one are made twice where eight do not fit. */
INLINE void widen(source_rows rows, JDIMENSION width, JSAMPROW output, rounding by) {
  const JDIMENSION last = width - 1;
  widen_one(rows, 0, last, output, by);
  for (JDIMENSION x = 1; x < last; x += AT_ONCE) {
    if (last > AT_ONCE) {
      widen_eight(rows, x + AT_ONCE <= last ? x : last - AT_ONCE, output, by);
    } else {
      for (JDIMENSION each = x; each < last; each++) widen_one(rows, each, last, output, by);
    }
  }
  widen_one(rows, last, last, output, by);
}

GLOBAL(int) jsimd_can_h2v1_fancy_upsample(void) { return 1; }

GLOBAL(void) jsimd_h2v1_fancy_upsample(j_decompress_ptr cinfo, jpeg_component_info *compptr, JSAMPARRAY input_data,
                                       JSAMPARRAY *output_data_ptr) {
  const rounding by = { 1, 2, 2 };
  for (int row = 0; row < cinfo->max_v_samp_factor; row++) {
    widen((source_rows){ input_data[row], NULL }, compptr->downsampled_width, (*output_data_ptr)[row], by);
  }
}

GLOBAL(int) jsimd_can_h2v2_fancy_upsample(void) { return 1; }

GLOBAL(void) jsimd_h2v2_fancy_upsample(j_decompress_ptr cinfo, jpeg_component_info *compptr, JSAMPARRAY input_data,
                                       JSAMPARRAY *output_data_ptr) {
  const rounding by = { 8, 7, 4 };
  for (int row = 0; row < cinfo->max_v_samp_factor; row++) {
    const JSAMPARRAY near = input_data + row / 2;
    widen((source_rows){ *near, row % 2 ? near[1] : near[-1] }, compptr->downsampled_width, (*output_data_ptr)[row], by);
  }
}
