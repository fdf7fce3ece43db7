/*
 * libjpeg-turbo's decoder of progressive scans, with a faster way through the scans that add a bit to coefficients. The library looks at
 * all 63 coefficients of a block, one by one, most of them zeros; here a mask says which are not, and only these are visited. What is
 * read, written and complained of is the same, in the same order.
 *
 * `refine_block` is the library's `decode_mcu_AC_refine`, changed for Headstart: of jdphuff.c, which was part of the Independent JPEG
 * Group's software, Copyright (C) 1995-1997, Thomas G. Lane, with libjpeg-turbo modifications by D. R. Commander and others; under the
 * IJG licence of LICENSE.libjpeg-turbo.md.
 */
#define jinit_phuff_decoder library_jinit_phuff_decoder
#include "jdphuff.c"
#undef jinit_phuff_decoder

#include <stdint.h>
#include <wasm_simd128.h>

/* What row `y` of a block adds to its mask, by the bits of its coefficients that are not zero. */
static uint64_t row_masks[DCTSIZE][1 << DCTSIZE];

static void fill_row_masks(void) {
  for (int k = 0; k < DCTSIZE2; k++) {
    const int position = jpeg_natural_order[k];
    for (int bits = 0; bits < 1 << DCTSIZE; bits++) {
      if (bits >> position % DCTSIZE & 1) row_masks[position / DCTSIZE][bits] |= (uint64_t)1 << k;
    }
  }
}

/* Bit `k` tells whether the block's coefficient `k`, in the order of the file, is other than zero. */
static inline uint64_t mask_coefficients(const JCOEF *block) {
  const v128_t zero = wasm_i16x8_splat(0);
  uint64_t mask = 0;
  for (int y = 0; y < DCTSIZE; y++) {
    const v128_t row = wasm_v128_load(block + y * DCTSIZE);
    mask |= row_masks[y][wasm_i16x8_bitmask(wasm_i16x8_ne(row, zero))];
  }
  return mask;
}

/* Moves a coefficient that is not zero away from it by `p1`, if `bit` says so and it was not moved before. */
static inline void correct(JCOEF *coefficient, int bit, int p1) {
  const int value = *coefficient;
  const int step = value >= 0 ? p1 : -p1;
  *coefficient = (JCOEF)(value + (bit && !(value & p1) ? step : 0));
}

/* As `decode_mcu_AC_refine`, but for undoing what a source that runs dry leaves half done: ours never does. */
METHODDEF(boolean) refine_block(j_decompress_ptr cinfo, JBLOCKROW *MCU_data) {
  phuff_entropy_ptr entropy = (phuff_entropy_ptr)cinfo->entropy;
  if (cinfo->restart_interval && entropy->restarts_to_go == 0 && !process_restart(cinfo)) return FALSE;
  if (!entropy->pub.insufficient_data) {
    const int Se = cinfo->Se;
    const int p1 = 1 << cinfo->Al;
    JCOEF *block = MCU_data[0][0];
    d_derived_tbl *tbl = entropy->ac_derived_tbl;
    const uint64_t mask = mask_coefficients(block) & ~(uint64_t)0 >> (DCTSIZE2 - 1 - Se);
    unsigned int EOBRUN = entropy->saved.EOBRUN;
    int k = cinfo->Ss;
    BITREAD_STATE_VARS;
    BITREAD_LOAD_STATE(cinfo, entropy->bitstate);
    if (EOBRUN == 0) {
      for (; k <= Se; k++) {
        int s, r;
        HUFF_DECODE(s, br_state, tbl, return FALSE, slow);
        r = s >> 4;
        s &= 15;
        if (s) {
          if (s != 1) WARNMS(cinfo, JWRN_HUFF_BAD_CODE);
          CHECK_BIT_BUFFER(br_state, 1, return FALSE);
          s = GET_BITS(1) ? p1 : -p1;
        } else if (r != 15) {
          EOBRUN = 1 << r;
          if (r) {
            CHECK_BIT_BUFFER(br_state, r, return FALSE);
            EOBRUN += GET_BITS(r);
          }
          break;
        }
        /* Past `r` zeros, to the one behind them or the end. */
        while (k <= Se) {
          const uint64_t rest = mask >> k;
          const int zeros = rest ? __builtin_ctzll(rest) : Se + 1 - k;
          if (r < zeros) {
            k += r;
            break;
          }
          r -= zeros;
          k += zeros;
          if (k > Se) break;
          CHECK_BIT_BUFFER(br_state, 1, return FALSE);
          correct(block + jpeg_natural_order[k], GET_BITS(1), p1);
          k++;
        }
        if (s) block[jpeg_natural_order[k]] = (JCOEF)s;
      }
    }
    if (EOBRUN > 0) {
      uint64_t rest = k <= Se ? mask >> k << k : 0;
      for (; rest; rest &= rest - 1) {
        CHECK_BIT_BUFFER(br_state, 1, return FALSE);
        correct(block + jpeg_natural_order[__builtin_ctzll(rest)], GET_BITS(1), p1);
      }
      EOBRUN--;
    }
    BITREAD_SAVE_STATE(cinfo, entropy->bitstate);
    entropy->saved.EOBRUN = EOBRUN;
  }
  if (cinfo->restart_interval) entropy->restarts_to_go--;
  return TRUE;
}

METHODDEF(void) start_pass(j_decompress_ptr cinfo) {
  phuff_entropy_ptr entropy = (phuff_entropy_ptr)cinfo->entropy;
  start_pass_phuff_decoder(cinfo);
  if (entropy->pub.decode_mcu == decode_mcu_AC_refine) entropy->pub.decode_mcu = refine_block;
}

GLOBAL(void) jinit_phuff_decoder(j_decompress_ptr cinfo) {
  if (row_masks[0][1] == 0) fill_row_masks();
  library_jinit_phuff_decoder(cinfo);
  cinfo->entropy->start_pass = start_pass;
}
