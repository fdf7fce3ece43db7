/*
 * libjpeg-turbo's decoder of sequential scans, with a faster way through the Huffman codes. The library looks up a code, takes its bits,
 * refills, takes the value's bits and extends their sign; here one look into a table of the next `LOOK` bits gives run, value and length
 * where all fit, as nearly all do, and 64 bits are filled up by words. Where a marker or the end of the data is near, the library
 * decodes the MCU from its beginning, so that everything that can go wrong goes wrong there. What is read and written is the same.
 *
 * Changed for Headstart: of jdhuff.c, which was part of the Independent JPEG Group's software, Copyright (C) 1991-1997, Thomas G. Lane,
 * with libjpeg-turbo modifications by D. R. Commander and others; under the IJG licence of LICENSE.libjpeg-turbo.md.
 */
#define jinit_huff_decoder library_jinit_huff_decoder
#include "jdhuff.c"
#undef jinit_huff_decoder

#include <stdint.h>
#include <wasm_simd128.h>

/*
 * What the next LOOK bits begin with. `length` bits belong to it; none if the code is longer than LOOK. `size` is 0 where they hold
 * the value too, or where there is none; otherwise that many bits follow. A coefficient's value is never 0.
 */
enum { LOOK = 10, LENGTH_BITS = 8, RUN_BITS = 4, SIZE_AT = LENGTH_BITS + RUN_BITS, VALUE_AT = 16 };

typedef int32_t look_table[1 << LOOK];

static look_table dc_tables[NUM_HUFF_TBLS];
static look_table ac_tables[NUM_HUFF_TBLS];

/* What a code and the value behind it are looked up by; valid codes only: the library has seen the table. */
static void fill_table(look_table table, const JHUFF_TBL *huffman) {
  uint32_t code = 0;
  int symbol = 0;
  memset(table, 0, sizeof(look_table));
  for (int length = 1; length <= LOOK; length++, code <<= 1) {
    for (int i = 0; i < huffman->bits[length]; i++, code++, symbol++) {
      const int run = huffman->huffval[symbol] >> 4;
      const int size = huffman->huffval[symbol] & 15;
      const int fits = length + size <= LOOK;
      const int bits = fits ? size : 0;
      const int free = LOOK - length - bits;
      int32_t *entry = table + ((size_t)code << (LOOK - length));
      for (int value = 0; value < 1 << bits; value++) {
        const int extended = bits ? HUFF_EXTEND(value, bits) : 0;
        const int32_t made = (int32_t)((uint32_t)extended << VALUE_AT) | (fits ? 0 : size << SIZE_AT) | run << LENGTH_BITS |
                             (length + bits);
        for (int j = 0; j < 1 << free; j++) *entry++ = made;
      }
    }
  }
}

/* What one code with its value needs at most: 17 bits of a wrong code, 15 of a value. */
enum { ENOUGH_BITS = 32 };

/* Bits of the data, the next one on top; those below the first `count` are 0 or what comes there. */
typedef struct {
  uint64_t bits;
  int count;
  const JOCTET *next;
  const JOCTET *end;
} bit_reader;

/* Byte by byte, past stuffed zeros, as far as a marker or the end. */
static __attribute__((noinline)) void fill_slowly(bit_reader *reader) {
  while (reader->count <= 56) {
    if (reader->end - reader->next < 2) break;
    const int byte = reader->next[0];
    if (byte == 0xff && reader->next[1] != 0) break;
    reader->next += byte == 0xff ? 2 : 1;
    reader->bits |= (uint64_t)byte << (56 - reader->count);
    reader->count += 8;
  }
}

/* What a code of more than LOOK bits stands for, an entry without a value; as `HUFF_DECODE_FAST` finds it. */
static __attribute__((noinline)) int32_t find_long_code(uint64_t bits, const d_derived_tbl *codes) {
  int length = LOOK + 1;
  while ((JLONG)(bits >> (64 - length)) > codes->maxcode[length]) length++;
  const int code = (int)(bits >> (64 - length));
  const int symbol = length > 16 ? 0 : codes->pub->huffval[(code + codes->valoffset[length]) & 0xff];
  return (symbol & 15) << SIZE_AT | symbol >> 4 << LENGTH_BITS | length;
}

/* The reader's fields in registers; they lie in memory only where `fill_slowly` needs them. */
#define READER_VARS uint64_t bits; int count; const JOCTET *next; const JOCTET *end
#define DROP(n) (bits <<= (n), count -= (n))
/* As full as whole bytes make it, at every code: to ask first whether that is needed costs more than to do it. `count` is below 64. */
#define FILL(give_up) \
  { \
    v128_t bytes; \
    if (end - next < 8 || (bytes = wasm_v128_load64_zero(next), wasm_i8x16_bitmask(wasm_i8x16_eq(bytes, wasm_i8x16_splat(-1))))) { \
      bit_reader slow = { bits, count, next, end }; \
      fill_slowly(&slow); \
      bits = slow.bits; \
      count = slow.count; \
      next = slow.next; \
      if (count < ENOUGH_BITS) { give_up; } \
    } else { \
      const int taken = (63 - count) >> 3; \
      bits |= (uint64_t)wasm_i64x2_extract_lane( \
                  wasm_i8x16_shuffle(bytes, bytes, 7, 6, 5, 4, 3, 2, 1, 0, 7, 6, 5, 4, 3, 2, 1, 0), 0) >> count; \
      next += taken; \
      count |= 56; \
    } \
  }
#define PEEK_VALUE(value, size) \
  value = (int)(bits >> (64 - (size))); \
  value = HUFF_EXTEND(value, size)

/* One MCU, or false with nothing changed but coefficients that the library writes again. */
static __attribute__((noinline)) int decode_mcu_by_tables(j_decompress_ptr cinfo, JBLOCKROW *MCU_data) {
  huff_entropy_ptr entropy = (huff_entropy_ptr)cinfo->entropy;
  struct jpeg_source_mgr *src = cinfo->src;
  READER_VARS;
  count = entropy->bitstate.bits_left;
  bits = count ? entropy->bitstate.get_buffer << (64 - count) : 0;
  next = src->next_input_byte;
  end = next + src->bytes_in_buffer;
  savable_state state = entropy->saved;
  for (int blkn = 0; blkn < cinfo->blocks_in_MCU; blkn++) {
    JCOEF *block = MCU_data ? MCU_data[blkn][0] : NULL;
    const int ci = cinfo->MCU_membership[blkn];
    const jpeg_component_info *component = cinfo->cur_comp_info[ci];
    if (count < ENOUGH_BITS) FILL(return 0)
    int32_t found = dc_tables[component->dc_tbl_no][bits >> (64 - LOOK)];
    if (found == 0) found = find_long_code(bits, entropy->dc_cur_tbls[blkn]);
    DROP(found & 31);
    int value = found >> VALUE_AT;
    int size = found >> SIZE_AT & 15;
    if (size) {
      PEEK_VALUE(value, size);
      DROP(size);
    }
    if (entropy->dc_needed[blkn]) {
      state.last_dc_val[ci] = (int)((unsigned)value + (unsigned)state.last_dc_val[ci]);
      if (block) block[0] = (JCOEF)state.last_dc_val[ci];
    }
    if (!entropy->ac_needed[blkn]) block = NULL;
    const int32_t *table = ac_tables[component->ac_tbl_no];
    __asm__("" : "+r"(table)); /* Otherwise the compiler counts from the first table again for each code. */
    for (int k = 1; k < DCTSIZE2; k++) {
      FILL(return 0)
      found = table[bits >> (64 - LOOK)];
      value = found >> VALUE_AT;
      if (value) {
        DROP(found & 31);
        k += found >> LENGTH_BITS & 15;
      } else {
        if (found == 0) found = find_long_code(bits, entropy->ac_cur_tbls[blkn]);
        size = found >> SIZE_AT & 15;
        DROP(found & 31);
        k += found >> LENGTH_BITS & 15;
        if (size == 0) {
          if ((found >> LENGTH_BITS & 15) != 15) break;
          continue;
        }
        PEEK_VALUE(value, size);
        DROP(size);
      }
      if (block) block[jpeg_natural_order[k]] = (JCOEF)value;
    }
  }
  src->bytes_in_buffer = (size_t)(end - next);
  src->next_input_byte = next;
  entropy->bitstate.get_buffer = count ? bits >> (64 - count) : 0;
  entropy->bitstate.bits_left = count;
  entropy->saved = state;
  return 1;
}

/* As `decode_mcu`, which it leaves all to that is not plain. */
METHODDEF(boolean) decode_mcu_faster(j_decompress_ptr cinfo, JBLOCKROW *MCU_data) {
  huff_entropy_ptr entropy = (huff_entropy_ptr)cinfo->entropy;
  if (cinfo->restart_interval && entropy->restarts_to_go == 0 && !process_restart(cinfo)) return FALSE;
  if (entropy->pub.insufficient_data || cinfo->unread_marker != 0 || !decode_mcu_by_tables(cinfo, MCU_data)) {
    return decode_mcu(cinfo, MCU_data);
  }
  if (cinfo->restart_interval) entropy->restarts_to_go--;
  return TRUE;
}

METHODDEF(void) start_pass(j_decompress_ptr cinfo) {
  start_pass_huff_decoder(cinfo);
  for (int ci = 0; ci < cinfo->comps_in_scan; ci++) {
    const jpeg_component_info *component = cinfo->cur_comp_info[ci];
    fill_table(dc_tables[component->dc_tbl_no], cinfo->dc_huff_tbl_ptrs[component->dc_tbl_no]);
    fill_table(ac_tables[component->ac_tbl_no], cinfo->ac_huff_tbl_ptrs[component->ac_tbl_no]);
  }
}

GLOBAL(void) jinit_huff_decoder(j_decompress_ptr cinfo) {
  library_jinit_huff_decoder(cinfo);
  cinfo->entropy->start_pass = start_pass;
  cinfo->entropy->decode_mcu = decode_mcu_faster;
}
