/*
 * libjpeg-turbo's slow-but-accurate inverse transforms to 8 x 8, 4 x 4 and 2 x 2 pixels, four columns at a time. The same products and sums
 * in 32 bits, so the same pixels, also of damaged photos, whose numbers overflow.
 *
 * Changed for Headstart: of jidctint.c and jidctred.c, which were part of the Independent JPEG Group's software, Copyright (C) 1991-1998,
 * Thomas G. Lane, with modifications by Guido Vollbeding and D. R. Commander; under the IJG licence of LICENSE.libjpeg-turbo.md.
 */
#define JPEG_INTERNALS
#include "jinclude.h"
#include "jpeglib.h"
#include "jdct.h"
#include "jsimd.h"

#include <stdint.h>
#include <wasm_simd128.h>

/* Bits of the constants' fractions, and of what the first pass leaves. */
enum { CONST_BITS = 13, PASS1_BITS = 2 };

/* `FIX_x_y` is x.y, times 8,192. */
enum {
  FIX_0_211164243 = 1730, FIX_0_298631336 = 2446, FIX_0_390180644 = 3196, FIX_0_509795579 = 4176, FIX_0_541196100 = 4433,
  FIX_0_601344887 = 4926, FIX_0_720959822 = 5906, FIX_0_765366865 = 6270, FIX_0_850430095 = 6967, FIX_0_899976223 = 7373,
  FIX_1_061594337 = 8697, FIX_1_175875602 = 9633, FIX_1_272758580 = 10426, FIX_1_451774981 = 11893, FIX_1_501321110 = 12299,
  FIX_1_847759065 = 15137, FIX_1_961570560 = 16069, FIX_2_053119869 = 16819, FIX_2_172734803 = 17799, FIX_2_562915447 = 20995,
  FIX_3_072711026 = 25172, FIX_3_624509785 = 29692
};

#define ADD wasm_i32x4_add
#define SUB wasm_i32x4_sub
#define TIMES(x, constant) wasm_i32x4_mul(x, wasm_i32x4_splat(constant))
/* `shift` is a constant. */
#define ROUNDED(x, shift) wasm_i32x4_shr(ADD(x, wasm_i32x4_splat(1 << ((shift) - 1))), shift)
/* Bits `shift` to `shift` + 9 with their sign, as `RANGE_MASK` leaves them. */
#define LIMITED(x, shift) \
  wasm_i32x4_shr(wasm_i32x4_shl(ADD(x, wasm_i32x4_splat(1 << ((shift) - 1))), 22 - (shift)), 22)

/* Four columns of a block's coefficients. */
typedef struct {
  const JCOEF *coefficients;
  const ISLOW_MULT_TYPE *factors;
  int column;
} columns;

INLINE v128_t dequantized(columns from, int row) {
  const int at = row * DCTSIZE + from.column;
  return wasm_i32x4_mul(wasm_i32x4_load16x4(from.coefficients + at), wasm_v128_load(from.factors + at));
}

/* All ones in the lanes of columns whose coefficients in the rows of the mask are zeros. */
INLINE v128_t are_zero(columns from, int rows) {
  v128_t any = wasm_i64x2_splat(0);
  for (int row = 0; row < DCTSIZE; row++) {
    if (rows >> row & 1) any = wasm_v128_or(any, wasm_v128_load64_zero(from.coefficients + row * DCTSIZE + from.column));
  }
  return wasm_i32x4_eq(wasm_i32x4_extend_low_i16x8(any), wasm_i32x4_splat(0));
}

INLINE void transpose(v128_t *m) {
  const v128_t a = wasm_i32x4_shuffle(m[0], m[1], 0, 4, 1, 5);
  const v128_t b = wasm_i32x4_shuffle(m[2], m[3], 0, 4, 1, 5);
  const v128_t c = wasm_i32x4_shuffle(m[0], m[1], 2, 6, 3, 7);
  const v128_t d = wasm_i32x4_shuffle(m[2], m[3], 2, 6, 3, 7);
  m[0] = wasm_i64x2_shuffle(a, b, 0, 2);
  m[1] = wasm_i64x2_shuffle(a, b, 1, 3);
  m[2] = wasm_i64x2_shuffle(c, d, 0, 2);
  m[3] = wasm_i64x2_shuffle(c, d, 1, 3);
}

/* Two times four numbers around 0 to eight samples. */
INLINE v128_t to_samples(v128_t low, v128_t high) {
  const v128_t centred = wasm_i16x8_add(wasm_i16x8_narrow_i32x4(low, high), wasm_i16x8_splat(CENTERJSAMPLE));
  return wasm_u8x16_narrow_i16x8(centred, centred);
}

/* The sums of `jpeg_idct_islow` before they are rounded, in place. */
INLINE void sum_8(v128_t *m) {
  const v128_t z1 = TIMES(ADD(m[2], m[6]), FIX_0_541196100);
  const v128_t even2 = ADD(z1, TIMES(m[6], -FIX_1_847759065));
  const v128_t even3 = ADD(z1, TIMES(m[2], FIX_0_765366865));
  const v128_t even0 = wasm_i32x4_shl(ADD(m[0], m[4]), CONST_BITS);
  const v128_t even1 = wasm_i32x4_shl(SUB(m[0], m[4]), CONST_BITS);
  const v128_t tmp10 = ADD(even0, even3), tmp13 = SUB(even0, even3), tmp11 = ADD(even1, even2), tmp12 = SUB(even1, even2);
  const v128_t odd3 = ADD(m[7], m[3]), odd4 = ADD(m[5], m[1]);
  const v128_t z5 = TIMES(ADD(odd3, odd4), FIX_1_175875602);
  const v128_t y1 = TIMES(ADD(m[7], m[1]), -FIX_0_899976223), y2 = TIMES(ADD(m[5], m[3]), -FIX_2_562915447);
  const v128_t y3 = ADD(TIMES(odd3, -FIX_1_961570560), z5), y4 = ADD(TIMES(odd4, -FIX_0_390180644), z5);
  const v128_t tmp0 = ADD(TIMES(m[7], FIX_0_298631336), ADD(y1, y3)), tmp1 = ADD(TIMES(m[5], FIX_2_053119869), ADD(y2, y4));
  const v128_t tmp2 = ADD(TIMES(m[3], FIX_3_072711026), ADD(y2, y3)), tmp3 = ADD(TIMES(m[1], FIX_1_501321110), ADD(y1, y4));
  m[0] = ADD(tmp10, tmp3), m[7] = SUB(tmp10, tmp3);
  m[1] = ADD(tmp11, tmp2), m[6] = SUB(tmp11, tmp2);
  m[2] = ADD(tmp12, tmp1), m[5] = SUB(tmp12, tmp1);
  m[3] = ADD(tmp13, tmp0), m[4] = SUB(tmp13, tmp0);
}

GLOBAL(int) jsimd_can_idct_islow(void) { return 1; }

GLOBAL(void) jsimd_idct_islow(j_decompress_ptr cinfo, jpeg_component_info *compptr, JCOEFPTR coef_block, JSAMPARRAY output_buf,
                             JDIMENSION output_col) {
  (void)cinfo;
  v128_t halves[2][DCTSIZE];
  for (int half = 0; half < 2; half++) {
    const columns from = { coef_block, compptr->dct_table, half * 4 };
    v128_t *m = halves[half];
    for (int row = 0; row < DCTSIZE; row++) m[row] = dequantized(from, row);
    const v128_t zero = are_zero(from, 0xfe);
    const v128_t flat = wasm_i32x4_shl(m[0], PASS1_BITS);
    sum_8(m);
    for (int row = 0; row < DCTSIZE; row++) m[row] = wasm_v128_bitselect(flat, ROUNDED(m[row], CONST_BITS - PASS1_BITS), zero);
  }
  for (int half = 0; half < 2; half++) {
    v128_t m[DCTSIZE];
    for (int i = 0; i < 4; i++) m[i] = halves[0][half * 4 + i], m[4 + i] = halves[1][half * 4 + i];
    transpose(m);
    transpose(m + 4);
    sum_8(m);
    for (int i = 0; i < DCTSIZE; i++) m[i] = LIMITED(m[i], CONST_BITS + PASS1_BITS + 3);
    transpose(m);
    transpose(m + 4);
    for (int i = 0; i < 4; i++) wasm_v128_store64_lane(output_buf[half * 4 + i] + output_col, to_samples(m[i], m[4 + i]), 0);
  }
}

/* The sums of `jpeg_idct_4x4` before they are rounded, of all but `m[4]`, in `m[0]` to `m[3]`. */
INLINE void sum_4(v128_t *m) {
  const v128_t even0 = wasm_i32x4_shl(m[0], CONST_BITS + 1);
  const v128_t even2 = ADD(TIMES(m[2], FIX_1_847759065), TIMES(m[6], -FIX_0_765366865));
  const v128_t tmp10 = ADD(even0, even2), tmp12 = SUB(even0, even2);
  const v128_t tmp0 = ADD(ADD(TIMES(m[7], -FIX_0_211164243), TIMES(m[5], FIX_1_451774981)),
                          ADD(TIMES(m[3], -FIX_2_172734803), TIMES(m[1], FIX_1_061594337)));
  const v128_t tmp2 = ADD(ADD(TIMES(m[7], -FIX_0_509795579), TIMES(m[5], -FIX_0_601344887)),
                          ADD(TIMES(m[3], FIX_0_899976223), TIMES(m[1], FIX_2_562915447)));
  m[0] = ADD(tmp10, tmp2), m[3] = SUB(tmp10, tmp2);
  m[1] = ADD(tmp12, tmp0), m[2] = SUB(tmp12, tmp0);
}

GLOBAL(int) jsimd_can_idct_4x4(void) { return 1; }

GLOBAL(void) jsimd_idct_4x4(j_decompress_ptr cinfo, jpeg_component_info *compptr, JCOEFPTR coef_block, JSAMPARRAY output_buf,
                           JDIMENSION output_col) {
  (void)cinfo;
  v128_t turned[DCTSIZE];
  for (int half = 0; half < 2; half++) {
    const columns from = { coef_block, compptr->dct_table, half * 4 };
    v128_t m[DCTSIZE];
    for (int row = 0; row < DCTSIZE; row++) m[row] = dequantized(from, row);
    const v128_t zero = are_zero(from, 0xee);
    const v128_t flat = wasm_i32x4_shl(m[0], PASS1_BITS);
    sum_4(m);
    for (int i = 0; i < 4; i++) turned[half * 4 + i] = wasm_v128_bitselect(flat, ROUNDED(m[i], CONST_BITS - PASS1_BITS + 1), zero);
    transpose(turned + half * 4);
  }
  sum_4(turned);
  for (int i = 0; i < 4; i++) turned[i] = LIMITED(turned[i], CONST_BITS + PASS1_BITS + 3 + 1);
  transpose(turned);
  const v128_t top = to_samples(turned[0], turned[1]), bottom = to_samples(turned[2], turned[3]);
  wasm_v128_store32_lane(output_buf[0] + output_col, top, 0);
  wasm_v128_store32_lane(output_buf[1] + output_col, top, 1);
  wasm_v128_store32_lane(output_buf[2] + output_col, bottom, 0);
  wasm_v128_store32_lane(output_buf[3] + output_col, bottom, 1);
}

/* What two rows of pixels are made of, in four of the columns. */
typedef struct {
  v128_t upper;
  v128_t lower;
} row_pair;

INLINE row_pair rows_of(columns from) {
  const v128_t first = dequantized(from, 0);
  const v128_t odd = ADD(ADD(TIMES(dequantized(from, 7), -FIX_0_720959822), TIMES(dequantized(from, 5), FIX_0_850430095)),
                         ADD(TIMES(dequantized(from, 3), -FIX_1_272758580), TIMES(dequantized(from, 1), FIX_3_624509785)));
  const v128_t even = wasm_i32x4_shl(first, CONST_BITS + 2);
  const v128_t flat = wasm_i32x4_shl(first, PASS1_BITS);
  const v128_t zero = are_zero(from, 0xaa);
  return (row_pair){ wasm_v128_bitselect(flat, ROUNDED(ADD(even, odd), CONST_BITS - PASS1_BITS + 2), zero),
                     wasm_v128_bitselect(flat, ROUNDED(SUB(even, odd), CONST_BITS - PASS1_BITS + 2), zero) };
}

GLOBAL(int) jsimd_can_idct_2x2(void) { return 1; }

GLOBAL(void) jsimd_idct_2x2(j_decompress_ptr cinfo, jpeg_component_info *compptr, JCOEFPTR coef_block, JSAMPARRAY output_buf,
                           JDIMENSION output_col) {
  (void)cinfo;
  const row_pair left = rows_of((columns){ coef_block, compptr->dct_table, 0 });
  const row_pair right = rows_of((columns){ coef_block, compptr->dct_table, 4 });
  const v128_t of_left = wasm_i32x4_const(0, FIX_3_624509785, 0, -FIX_1_272758580);
  const v128_t of_right = wasm_i32x4_const(0, FIX_0_850430095, 0, -FIX_0_720959822);
  const v128_t upper = ADD(wasm_i32x4_mul(left.upper, of_left), wasm_i32x4_mul(right.upper, of_right));
  const v128_t lower = ADD(wasm_i32x4_mul(left.lower, of_left), wasm_i32x4_mul(right.lower, of_right));
  const v128_t odd = ADD(wasm_i32x4_shuffle(upper, lower, 1, 1, 5, 5), wasm_i32x4_shuffle(upper, lower, 3, 3, 7, 7));
  const v128_t even = wasm_i32x4_shl(wasm_i32x4_shuffle(left.upper, left.lower, 0, 0, 4, 4), CONST_BITS + 2);
  const v128_t sums = wasm_i32x4_shuffle(ADD(even, odd), SUB(even, odd), 0, 4, 2, 6);
  const v128_t limited = LIMITED(sums, CONST_BITS + PASS1_BITS + 3 + 2);
  const v128_t samples = to_samples(limited, limited);
  wasm_v128_store16_lane(output_buf[0] + output_col, samples, 0);
  wasm_v128_store16_lane(output_buf[1] + output_col, samples, 1);
}
