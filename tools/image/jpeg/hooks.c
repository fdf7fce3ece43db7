/*
 * What libjpeg-turbo asks for beside itself. First of assembler: what `idct.c`, `colour.c` and `upsampling.c` have is there, and the
 * library's own file for processors without says that there is no more.
 */
#define jsimd_can_idct_islow no_can_idct_islow
#define jsimd_can_idct_4x4 no_can_idct_4x4
#define jsimd_can_idct_2x2 no_can_idct_2x2
#define jsimd_can_ycc_rgb no_can_ycc_rgb
#define jsimd_can_h2v1_fancy_upsample no_can_h2v1_fancy_upsample
#define jsimd_can_h2v2_fancy_upsample no_can_h2v2_fancy_upsample
#define jsimd_idct_islow no_idct_islow
#define jsimd_idct_4x4 no_idct_4x4
#define jsimd_idct_2x2 no_idct_2x2
#define jsimd_ycc_rgb_convert no_ycc_rgb_convert
#define jsimd_h2v1_fancy_upsample no_h2v1_fancy_upsample
#define jsimd_h2v2_fancy_upsample no_h2v2_fancy_upsample
#include "jsimd_none.c"

#include "jerror.h"

/* Then what it would do if it were asked to make palettes, or to be fast rather than right, which `decode` does not: here for the linker. */
GLOBAL(void) jinit_1pass_quantizer(j_decompress_ptr cinfo) { ERREXIT(cinfo, JERR_NOT_COMPILED); }
GLOBAL(void) jinit_2pass_quantizer(j_decompress_ptr cinfo) { ERREXIT(cinfo, JERR_NOT_COMPILED); }
GLOBAL(void) jinit_merged_upsampler(j_decompress_ptr cinfo) { ERREXIT(cinfo, JERR_NOT_COMPILED); }

GLOBAL(void) jpeg_idct_ifast(j_decompress_ptr cinfo, jpeg_component_info *compptr, JCOEFPTR coef_block, JSAMPARRAY output_buf,
                             JDIMENSION output_col) {
  ERREXIT(cinfo, JERR_NOT_COMPILED);
}

GLOBAL(void) jpeg_idct_float(j_decompress_ptr cinfo, jpeg_component_info *compptr, JCOEFPTR coef_block, JSAMPARRAY output_buf,
                             JDIMENSION output_col) {
  ERREXIT(cinfo, JERR_NOT_COMPILED);
}
