/**
 * Reads weights in the format `safetensors`: eight bytes with the length of a JSON header, the header, then the tensors' bytes,
 * little-endian. https://huggingface.co/docs/safetensors
 */
import { z } from "zod";
import { CommandError } from "../../shared/command.ts";

const tensorSchema = z.object({
  dtype: z.enum(["I8", "F32"]),
  shape: z.array(z.number().int().nonnegative()),
  data_offsets: z.tuple([z.number().int().nonnegative(), z.number().int().nonnegative()]),
});
const headerSchema = z.object({ __metadata__: z.record(z.string(), z.string()).optional() }).catchall(z.unknown());

/** Tensors by name. Each accessor throws `CommandError` where there is none of that name and type. */
export interface Tensors {
  floats(name: string): Float32Array;
  bytes(name: string): Int8Array;
  shape(name: string): readonly number[];
}

const HEADER_LENGTH_BYTES = 8;

/** Throws `CommandError` where `file` is of another format. */
export function readSafetensors(file: Uint8Array<ArrayBuffer>): Tensors {
  const length = Number(new DataView(file.buffer, file.byteOffset).getBigUint64(0, true));
  const begin = HEADER_LENGTH_BYTES + length;
  const header = headerSchema.parse(JSON.parse(new TextDecoder().decode(file.subarray(HEADER_LENGTH_BYTES, begin))));

  function find(name: string, dtype?: "I8" | "F32") {
    const tensor = tensorSchema.safeParse(header[name]);
    if (tensor.success && (dtype === undefined || tensor.data.dtype === dtype)) return tensor.data;
    throw new CommandError(`The weights have no tensor ${name}${dtype === undefined ? "" : ` of type ${dtype}`}.`);
  }
  const slice = (name: string, dtype: "I8" | "F32") => {
    const [from, to] = find(name, dtype).data_offsets;
    return file.slice(begin + from, begin + to).buffer;
  };
  return {
    floats: (name) => new Float32Array(slice(name, "F32")),
    bytes: (name) => new Int8Array(slice(name, "I8")),
    shape: (name) => find(name).shape,
  };
}
