/** Writes ZIP archives, honest and hostile ones (APPNOTE.TXT 4.3: local headers, then the central directory). */
import { deflateRawSync } from "node:zlib";
import { crc32 } from "../../src/image/bytes.ts";

export interface ZippedFile {
  readonly name: string;
  readonly bytes: Uint8Array;
  /** The file's kind and rights, as Unix has them. */
  readonly mode?: number;
  /** The size that the archive claims. */
  readonly claimedBytes?: number;
}

const UTF8 = 0x800;
const DEFLATE = 8;
const UNIX = 3 << 8;

export function zipFiles(files: readonly ZippedFile[]): Uint8Array {
  const locals: Buffer[] = [];
  const directory: Buffer[] = [];
  let offset = 0;
  for (const file of files) {
    const name = Buffer.from(file.name);
    const packed = deflateRawSync(file.bytes);
    const common = describe(file, packed.length, name.length);
    const local = Buffer.concat([u32(0x04034b50), common, name, packed]);
    const place = [u16(0), u16(0), u16(0), u32(((file.mode ?? 0o100644) << 16) >>> 0), u32(offset)];
    directory.push(Buffer.concat([u32(0x02014b50), u16(UNIX | 20), common, ...place, name]));
    locals.push(local);
    offset += local.length;
  }
  const entries = Buffer.concat(directory);
  const end = [
    u32(0x06054b50),
    u16(0),
    u16(0),
    u16(files.length),
    u16(files.length),
    u32(entries.length),
    u32(offset),
    u16(0),
  ];
  return Buffer.concat([...locals, entries, ...end]);
}

/** What the local header and the directory both say. */
function describe({ bytes, claimedBytes }: ZippedFile, packedBytes: number, nameBytes: number): Buffer {
  const checksum = crc32(bytes, 0, bytes.length);
  const sizes = [u32(checksum), u32(packedBytes), u32(claimedBytes ?? bytes.length)];
  return Buffer.concat([u16(20), u16(UTF8), u16(DEFLATE), u16(0), u16(0), ...sizes, u16(nameBytes), u16(0)]);
}

function u16(value: number): Buffer {
  const bytes = Buffer.alloc(2);
  bytes.writeUInt16LE(value);
  return bytes;
}

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE(value);
  return bytes;
}
