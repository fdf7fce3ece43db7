/**
 * Several files in one, as ZIP without compression (APPNOTE.TXT 4.3): weights hardly get smaller, and nothing is copied. For names
 * in ASCII and archives below 4 GiB.
 */
import { crc32 } from "../../image/bytes.ts";

/** A file to be packed, in pieces. */
export interface StoredFile {
  readonly name: string;
  readonly pieces: readonly Uint8Array[];
}

const VERSION_NEEDED = 20;
/** 1 January 1980, midnight: the same files make the same archive. */
const FIRST_DAY = 0x21;

/** The archive in pieces. */
export function storeFiles(files: readonly StoredFile[]): Uint8Array[] {
  const archive: Uint8Array[] = [];
  const directory: Uint8Array[] = [];
  let offset = 0;
  for (const { name, pieces } of files) {
    const bytes = new TextEncoder().encode(name);
    const common = describe(pieces, bytes.length);
    const local = pack([4, 0x04034b50], ...common);
    archive.push(local, bytes, ...pieces);
    const place = [
      [2, 0],
      [2, 0],
      [2, 0],
      [4, 0],
      [4, offset],
    ] as const; // comment, disk, attributes, offset
    directory.push(pack([4, 0x02014b50], [2, VERSION_NEEDED], ...common, ...place), bytes);
    offset += local.length + bytes.length + lengthOf(pieces);
  }
  const count = [2, files.length] as const;
  const end = pack([4, 0x06054b50], [2, 0], [2, 0], count, count, [4, lengthOf(directory)], [4, offset], [2, 0]);
  return [...archive, ...directory, end];
}

/** Bytes in all pieces together. */
export function lengthOf(pieces: readonly Uint8Array[]): number {
  return pieces.reduce((sum, { length }) => sum + length, 0);
}

/** A number and how many bytes it takes. */
type ZipNumber = readonly [bytes: 2 | 4, value: number];

/** What the local header and the directory both say. */
function describe(pieces: readonly Uint8Array[], nameLength: number): ZipNumber[] {
  const size = lengthOf(pieces);
  const checksum = pieces.reduce((crc, piece) => crc32(piece, 0, piece.length, crc), 0);
  const times = [
    [2, VERSION_NEEDED],
    [2, 0],
    [2, 0],
    [2, 0],
    [2, FIRST_DAY],
  ] as const;
  return [...times, [4, checksum], [4, size], [4, size], [2, nameLength], [2, 0]];
}

function pack(...numbers: readonly ZipNumber[]): Uint8Array {
  const bytes = new Uint8Array(numbers.reduce((sum, [length]) => sum + length, 0));
  const view = new DataView(bytes.buffer);
  let at = 0;
  for (const [length, value] of numbers) {
    if (length === 2) view.setUint16(at, value, true);
    else view.setUint32(at, value, true);
    at += length;
  }
  return bytes;
}
