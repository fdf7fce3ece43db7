/**
 * Puts more nodes behind the network of an ONNX file, and metadata into it. The file itself is passed on as it is, in pieces, so
 * that nothing of its size is copied.
 */
import { readFields } from "../onnx-file.ts";
import { fieldHead, metadataField } from "./onnx-bytes.ts";

/** Field numbers of ModelProto, and of the operator set's version in its message. */
const GRAPH = 7;
const OPERATOR_SETS = 8;
const DOMAIN = 1;
const VERSION = 2;

/** The version of ONNX's own operators that the file uses, 1 where it does not say. */
export function readOperatorSet(model: Uint8Array): number {
  for (const { number, bytes } of readFields(model)) {
    if (number !== OPERATOR_SETS) continue;
    const fields = [...readFields(bytes)];
    const isOnnx = fields.every((field) => field.number !== DOMAIN || field.bytes.length === 0);
    if (isOnnx) return fields.find((field) => field.number === VERSION)?.value ?? 1;
  }
  return 1;
}

/** The file in pieces: `more` are fields of a GraphProto. */
export function addToModel(
  model: Uint8Array<ArrayBuffer>,
  more: Uint8Array<ArrayBuffer>,
  metadata: Readonly<Record<string, string>>,
): Uint8Array[] {
  const pieces: Uint8Array[] = [];
  let start = 0;
  for (const { number, bytes, end } of readFields(model)) {
    if (number === GRAPH) pieces.push(fieldHead(GRAPH, bytes.length + more.length), bytes, more);
    else pieces.push(model.subarray(start, end));
    start = end;
  }
  return [...pieces, ...Object.entries(metadata).map(([key, value]) => metadataField(key, value))];
}
