/*
 * libjpeg-turbo's way from YCbCr to RGBA, eight pixels at a time. 1.402 is 1 and .402, .71414 is 1 less .28586, 1.772 is 2 less .228: with
 * the whole numbers taken out, factors fit into 16 bits and the sums are the library's tables' to the bit.
 *
 * Changed for Headstart: of jdcolor.c and jdcolext.c, which were part of the Independent JPEG Group's software, Copyright (C) 1991-1997,
 * Thomas G. Lane, with libjpeg-turbo modifications by D. R. Commander and others; under the IJG licence of LICENSE.libjpeg-turbo.md.
 */
#define JPEG_INTERNALS
#include "jinclude.h"
#include "jpeglib.h"
#include "jsimd.h"

#include <stdint.h>
#include <wasm_simd128.h>

enum { AT_ONCE = 8, RGBA_PIXEL_BYTES = 4, SCALEBITS = 16, ONE_HALF = 1 << (SCALEBITS - 1) };

/* What the library rounds its factors to. */
#define FIX(x) ((int)((x) * (1 << SCALEBITS) + 0.5))

/* `factors` are of Cb and Cr in turn; the rounded sum of four pixels' products. */
#define WEIGHED(pairs, factors) wasm_i32x4_shr(wasm_i32x4_add(wasm_i32x4_dot_i16x8(pairs, factors), wasm_i32x4_splat(ONE_HALF)), SCALEBITS)

INLINE void convert_eight(JSAMPROW luma, JSAMPROW blue, JSAMPROW red, JSAMPROW rgba) {
  const v128_t y = wasm_u16x8_load8x8(luma);
  const v128_t cb = wasm_i16x8_sub(wasm_u16x8_load8x8(blue), wasm_i16x8_splat(CENTERJSAMPLE));
  const v128_t cr = wasm_i16x8_sub(wasm_u16x8_load8x8(red), wasm_i16x8_splat(CENTERJSAMPLE));
  const v128_t low = wasm_i16x8_shuffle(cb, cr, 0, 8, 1, 9, 2, 10, 3, 11);
  const v128_t high = wasm_i16x8_shuffle(cb, cr, 4, 12, 5, 13, 6, 14, 7, 15);
  const v128_t for_red = wasm_i32x4_splat((int)((uint32_t)(FIX(1.40200) - (1 << SCALEBITS)) << 16));
  const v128_t for_green =
      wasm_i32x4_splat((int)((uint32_t)((1 << SCALEBITS) - FIX(0.71414)) << 16 | (uint16_t)-FIX(0.34414)));
  const v128_t for_blue = wasm_i32x4_splat((uint16_t)(FIX(1.77200) - (2 << SCALEBITS)));
  const v128_t r = wasm_i16x8_add(wasm_i16x8_add(y, cr), wasm_i16x8_narrow_i32x4(WEIGHED(low, for_red), WEIGHED(high, for_red)));
  const v128_t g = wasm_i16x8_add(wasm_i16x8_sub(y, cr), wasm_i16x8_narrow_i32x4(WEIGHED(low, for_green), WEIGHED(high, for_green)));
  const v128_t b = wasm_i16x8_add(wasm_i16x8_add(y, wasm_i16x8_add(cb, cb)),
                                  wasm_i16x8_narrow_i32x4(WEIGHED(low, for_blue), WEIGHED(high, for_blue)));
  const v128_t rg = wasm_u8x16_narrow_i16x8(r, g);
  const v128_t ba = wasm_u8x16_narrow_i16x8(b, wasm_i16x8_splat(MAXJSAMPLE));
  const v128_t rgrg = wasm_i8x16_shuffle(rg, rg, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
  const v128_t baba = wasm_i8x16_shuffle(ba, ba, 0, 8, 1, 9, 2, 10, 3, 11, 4, 12, 5, 13, 6, 14, 7, 15);
  wasm_v128_store(rgba, wasm_i16x8_shuffle(rgrg, baba, 0, 8, 1, 9, 2, 10, 3, 11));
  wasm_v128_store(rgba + 16, wasm_i16x8_shuffle(rgrg, baba, 4, 12, 5, 13, 6, 14, 7, 15));
}

/* A row of fewer pixels than are converted at once. */
static void convert_few(JSAMPROW luma, JSAMPROW blue, JSAMPROW red, JSAMPROW rgba, size_t width) {
  JSAMPLE y[AT_ONCE] = { 0 }, cb[AT_ONCE] = { 0 }, cr[AT_ONCE] = { 0 }, pixels[AT_ONCE * RGBA_PIXEL_BYTES];
  memcpy(y, luma, width);
  memcpy(cb, blue, width);
  memcpy(cr, red, width);
  convert_eight(y, cb, cr, pixels);
  memcpy(rgba, pixels, width * RGBA_PIXEL_BYTES);
}

GLOBAL(int) jsimd_can_ycc_rgb(void) { return 1; }

/* To RGBA only, which is all that `decode` asks for. Pixels at the end of a row are converted twice. */
GLOBAL(void) jsimd_ycc_rgb_convert(j_decompress_ptr cinfo, JSAMPIMAGE input_buf, JDIMENSION input_row, JSAMPARRAY output_buf,
                                   int num_rows) {
  const JDIMENSION width = cinfo->output_width;
  for (; num_rows > 0; num_rows--, input_row++, output_buf++) {
    JSAMPROW y = input_buf[0][input_row], cb = input_buf[1][input_row], cr = input_buf[2][input_row];
    if (width < AT_ONCE) {
      convert_few(y, cb, cr, *output_buf, width);
      continue;
    }
    for (JDIMENSION x = 0; x < width; x += AT_ONCE) {
      const JDIMENSION from = x + AT_ONCE <= width ? x : width - AT_ONCE;
      convert_eight(y + from, cb + from, cr + from, *output_buf + from * RGBA_PIXEL_BYTES);
    }
  }
}
