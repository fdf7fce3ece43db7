/** What should become of each file of the shared set: its README's proposals, made exact. */

export type Expectation = "accept" | "refuse" | "either";

const REFUSED: readonly RegExp[] = [
  // Formats that are not read.
  /\.(avif|avifs|heic|heif|bmp|tiff?|ico|icns|jp2|psd|ppm|svg)$/,
  /timeout-6646305047838720$/,
  // Not photos, whatever their names say.
  /made\/(svg-named|html-named|empty|soi-only|soi-eoi|zeros|random|png-sig-only)\./,
  // Cut off or damaged.
  /trunc-\d\d\.|truncated_image|bad-crc|pillow\/broken(_data_stream)?\.png|zero[-_](size|width|height)/,
  /pngsuite\/x/,
  // Claims of sizes that nobody can decode, and sizes that do not fit here.
  /bomb-\d+x\d+|lie-|big-\d+x\d+|decompression_bomb\.(gif|ico)|itxt_chunks/,
  // Kinds of coding without a decoder.
  /sof3-lossless|sof12bit/,
];

/** Broken in ways that viewers disagree about: an answer or a clear refusal, both are right. */
const EITHER: readonly RegExp[] = [
  /ultrahdr\.jpg|apng-syntax_num_frames_zero|decompression_bomb_extents|polyglot-gif-js|no_palette\.gif/,
];

/** `file` with its folder, as in `made/base.jpg`. */
export function expectedOf(file: string): Expectation {
  if (EITHER.some((name) => name.test(file))) return "either";
  return REFUSED.some((name) => name.test(file)) ? "refuse" : "accept";
}
