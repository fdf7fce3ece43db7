/**
 * Reads and writes the ONNX file format. Fields outside the subset in onnx.proto survive a round trip unread. The only
 * importer of protobufjs.
 */
import { readFileSync } from "node:fs";
import path from "node:path";
import protobuf from "protobufjs";
import { CommandError } from "../shared/command.ts";

/** 64 bits do not fit a number (INT64_MAX means "to the end" in Slice), so decoded ones stay objects; see `toNumber`. */
export type Int64 = number | { toString(): string };

export interface OnnxAttribute {
  name: string;
  f?: number;
  i?: Int64;
  ints?: Int64[];
  type?: number;
  /** Subgraphs, of If, Loop and Scan. */
  g?: OnnxGraph | null;
  graphs?: OnnxGraph[];
}

export interface OnnxNode {
  input: string[];
  output: string[];
  op_type: string;
  attribute: OnnxAttribute[];
}

/** A weight. */
export interface OnnxTensor {
  name: string;
  dims: Int64[];
  data_type: number;
  raw_data?: Uint8Array;
}

export interface OnnxValueInfo {
  name: string;
  type?: { tensor_type?: { elem_type: number; shape?: { dim: { dim_value?: Int64; dim_param?: string }[] } } };
}

export interface OnnxGraph {
  node: OnnxNode[];
  initializer: OnnxTensor[];
  input: OnnxValueInfo[];
  output: OnnxValueInfo[];
  value_info: OnnxValueInfo[];
}

export interface OnnxModel {
  ir_version?: Int64;
  opset_import?: { domain?: string; version: Int64 }[];
  graph: OnnxGraph;
}

/** The value of a small 64-bit integer. */
export function toNumber(value: Int64): number {
  return Number(String(value));
}

/** ONNX's numbers for types: of a tensor's elements, and of an attribute. */
export const ELEMENT_TYPE_FLOAT = 1;
export const ELEMENT_TYPE_INT8 = 3;
export const ELEMENT_TYPE_INT64 = 7;
export const ATTRIBUTE_TYPE_FLOAT = 1;
export const ATTRIBUTE_TYPE_INT = 2;
export const ATTRIBUTE_TYPE_INTS = 7;

const schema = readFileSync(path.join(import.meta.dirname, "onnx.proto"), "utf8");
const modelType = protobuf.parse(schema, { keepCase: true }).root.lookupType("onnx.ModelProto");

/** Parses a model. Throws `CommandError` when the bytes are not ONNX. */
export function decodeOnnx(bytes: Uint8Array): OnnxModel {
  try {
    const reader = protobuf.Reader.create(bytes);
    reader.discardUnknown = false;
    const decoded = modelType.decode(reader) as unknown as { graph?: OnnxGraph | null }; // -- shaped by onnx.proto
    if (decoded.graph) return decoded as OnnxModel;
  } catch {
    // falls through to the one message below
  }
  throw new CommandError("This is not an ONNX model. Export the network as ONNX.");
}

/** Serialises a model, with the fields that were not understood. */
export function encodeOnnx(model: OnnxModel): Uint8Array {
  return modelType.encode(model).finish();
}
