/*
 * libjpeg-turbo's controller of coefficients, which empties the blocks of every MCU before they are read. For these few bytes a call of the
 * engine, which `memset` becomes, costs more than the stores.
 */
#include <stddef.h>
#include <stdint.h>
#include <wasm_simd128.h>

/* `bytes` is a multiple of 128, a block's. */
static inline void empty_blocks(void *target, size_t bytes) {
  for (v128_t *block = target, *end = block + bytes / sizeof(v128_t); block < end; block += 8) {
    for (int i = 0; i < 8; i++) wasm_v128_store(block + i, wasm_i64x2_splat(0));
  }
}

#define jzero_far empty_blocks
#include "jdcoefct.c"
