/*
 * What `src/image/jpeg-decoder.ts` calls: libjpeg-turbo on bytes that lie in wasm memory, with everything that it complains of heard,
 * and no printing, files or environment, so that the module imports nothing but `fail`.
 */
#include <stdio.h>
#include <stdlib.h>
#include "jpeglib.h"
#include "jerror.h"

#define EXPORT(name) __attribute__((export_name(#name)))

enum { RGBA_BYTES = 4, NO_ROOM = -1, END_MARKER = 0xd9 };

/* Throws in JavaScript: nothing of the instance may be used afterwards. */
__attribute__((import_module("decoder"), import_name("fail"), noreturn)) extern void fail(int code);

static struct jpeg_decompress_struct decoder;
static struct jpeg_error_mgr errors;
static struct jpeg_source_mgr source;
static int is_short;

static void fail_with(j_common_ptr common) { fail(common->err->msg_code); }

/* A restart marker that comes too early tells of damage to one part; any other one ends the scan. */
static int is_restart(int marker) { return marker >= 0xd0 && marker <= 0xd7; }

/* The data end before the last row: libjpeg makes grey ones then and calls that a success. */
static void hear(j_common_ptr common, int level) {
  const struct jpeg_error_mgr *err = common->err;
  if (level >= 0) return;
  if (err->msg_code == JWRN_JPEG_EOF) is_short = 1;
  if (err->msg_code == JWRN_HIT_MARKER && !is_restart(decoder.unread_marker)) is_short = 1;
  if (err->msg_code == JWRN_MUST_RESYNC && err->msg_parm.i[0] == END_MARKER) is_short = 1;
}

static void ignore_message(j_common_ptr common) { (void)common; }
static void ignore_source(j_decompress_ptr cinfo) { (void)cinfo; }

static void reset(j_common_ptr common) {
  common->err->num_warnings = 0;
  common->err->msg_code = 0;
}

/* Behind the last byte come end markers, as many as are asked for. */
static boolean end_source(j_decompress_ptr cinfo) {
  static const JOCTET end[] = { 0xff, END_MARKER };
  WARNMS(cinfo, JWRN_JPEG_EOF);
  source.next_input_byte = end;
  source.bytes_in_buffer = sizeof end;
  return TRUE;
}

static void skip(j_decompress_ptr cinfo, long count) {
  if (count <= 0) return;
  if ((size_t)count > source.bytes_in_buffer) {
    end_source(cinfo);
    return;
  }
  source.next_input_byte += count;
  source.bytes_in_buffer -= (size_t)count;
}

static void prepare(const JOCTET *bytes, size_t length) {
  errors = (struct jpeg_error_mgr){ .error_exit = fail_with, .emit_message = hear, .output_message = ignore_message,
                                    .reset_error_mgr = reset };
  source = (struct jpeg_source_mgr){ .next_input_byte = bytes, .bytes_in_buffer = length, .init_source = ignore_source,
                                     .fill_input_buffer = end_source, .skip_input_data = skip,
                                     .resync_to_restart = jpeg_resync_to_restart, .term_source = ignore_source };
  decoder.err = &errors;
  jpeg_create_decompress(&decoder);
  decoder.src = &source;
  is_short = 0;
}

EXPORT(allocate) void *allocate(size_t bytes) { return malloc(bytes); }
EXPORT(release) void release(void *pointer) { free(pointer); }

/* RGBA, row by row, of `eighths` eighths of the size, rounded up; the caller releases it. */
EXPORT(decode) JSAMPLE *decode(const JOCTET *bytes, size_t length, unsigned eighths) {
  prepare(bytes, length);
  jpeg_read_header(&decoder, TRUE);
  decoder.scale_num = eighths;
  decoder.scale_denom = 8;
  decoder.out_color_space = JCS_EXT_RGBA;
  jpeg_start_decompress(&decoder);
  const size_t stride = (size_t)decoder.output_width * RGBA_BYTES;
  JSAMPLE *pixels = malloc(stride * decoder.output_height);
  if (pixels == NULL) fail(NO_ROOM);
  while (decoder.output_scanline < decoder.output_height) {
    JSAMPROW row = pixels + stride * decoder.output_scanline;
    jpeg_read_scanlines(&decoder, &row, 1);
  }
  jpeg_finish_decompress(&decoder);
  jpeg_destroy_decompress(&decoder);
  return pixels;
}

/* Of the picture that was decoded last. */
EXPORT(width) unsigned width(void) { return decoder.output_width; }
EXPORT(height) unsigned height(void) { return decoder.output_height; }
EXPORT(lacksRows) int lacks_rows(void) { return is_short; }
