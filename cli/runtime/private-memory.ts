/**
 * Rewrites a wasm module so that the memory it imports is no longer shared. ONNX Runtime Web ships only a threaded
 * build; run in one thread it needs no shared memory, and Workers may refuse to give any.
 *
 * The one change, in the import section (WebAssembly core specification, 5.5.5 and 5.3.8): the limits of the imported memory
 * have flags 3 (maximum | shared); bit 1 is cleared. Atomic instructions are valid on private memory.
 */

const HEADER_BYTES = 8;
const IMPORT_SECTION = 2;
const KIND_FUNCTION = 0;
const KIND_TABLE = 1;
const KIND_MEMORY = 2;
const KIND_GLOBAL = 3;
const KIND_TAG = 4;
const LIMITS_SHARED = 2;

/** Returns a copy with private memory. Throws when the module is not laid out as expected: then nothing may run it. */
export function withPrivateMemory(module: Uint8Array): Uint8Array<ArrayBuffer> {
  const copy = module.slice();
  const at = findMemoryFlags(copy);
  if (at === undefined) throw new Error("the module imports no memory");
  if ((copy[at] & LIMITS_SHARED) === 0) throw new Error("the module's memory is not shared: nothing to rewrite");
  copy[at] &= ~LIMITS_SHARED;
  return copy;
}

/** Position of the limits' flags of the imported memory. */
function findMemoryFlags(bytes: Uint8Array): number | undefined {
  const reader = createReader(bytes, HEADER_BYTES);
  while (reader.position() < bytes.length) {
    const section = reader.byte();
    const end = reader.leb128() + reader.position();
    if (section === IMPORT_SECTION) return findMemoryImport(reader);
    reader.moveTo(end);
  }
  return undefined;
}

function findMemoryImport(reader: Reader): number | undefined {
  const count = reader.leb128();
  for (let i = 0; i < count; i++) {
    reader.skip(reader.leb128()); // module name
    reader.skip(reader.leb128()); // import name
    const kind = reader.byte();
    if (kind === KIND_MEMORY) return reader.position();
    skipDescription(reader, kind);
  }
  return undefined;
}

function skipDescription(reader: Reader, kind: number): void {
  if (kind === KIND_FUNCTION) reader.leb128();
  else if (kind === KIND_TABLE) {
    reader.byte(); // reference type
    skipLimits(reader);
  } else if (kind === KIND_GLOBAL) reader.skip(2);
  else if (kind === KIND_TAG) {
    reader.byte();
    reader.leb128();
  } else throw new Error(`unknown import kind ${kind}`);
}

function skipLimits(reader: Reader): void {
  const hasMaximum = (reader.byte() & 1) === 1;
  reader.leb128();
  if (hasMaximum) reader.leb128();
}

interface Reader {
  position(): number;
  moveTo(position: number): void;
  skip(bytes: number): void;
  byte(): number;
  /** Unsigned LEB128, at most 32 bits. */
  leb128(): number;
}

function createReader(bytes: Uint8Array, start: number): Reader {
  let at = start;
  const byte = () => bytes[at++];
  return {
    position: () => at,
    moveTo: (position) => {
      at = position;
    },
    skip: (count) => {
      at += count;
    },
    byte,
    leb128() {
      let value = 0;
      for (let shift = 0; shift < 35; shift += 7) {
        const next = byte();
        value += (next & 0x7f) * 2 ** shift;
        if (next < 0x80) return value;
      }
      throw new Error("a number in the module is too long");
    },
  };
}
