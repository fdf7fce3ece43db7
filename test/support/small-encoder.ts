/**
 * A sentence encoder of four tokens and three numbers, laid out as Hugging Face has it: small enough that a test can say what
 * comes out. `last_hidden_state` is the token's row times its mask, plus the row of its type, plus the mean of these over all tokens.
 */
import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { createGraphBuilder } from "../../cli/onnx/graph-builder.ts";
import { ELEMENT_TYPE_FLOAT, ELEMENT_TYPE_INT64 } from "../../cli/onnx/onnx-model.ts";
import { makeTempFolder } from "./temp-folder.ts";

/** Rows by token id. */
export const ROWS = {
  "[UNK]": [0, 0, 0],
  "[CLS]": [0, 0, 8],
  "[SEP]": [0, 8, 0],
  re: [1, 0, 0],
  "##fund": [0, 1, 0],
  cold: [0, 0, 1],
};
const DIMENSION = 3;

export interface SmallEncoder {
  readonly inputs?: readonly string[];
  readonly output?: string;
  readonly isPerToken?: boolean;
}

/** `input_ids` is used in any case; of the others those that are named. */
export function layOutSmallEncoder({
  inputs = ["input_ids", "attention_mask", "token_type_ids"],
  output = "last_hidden_state",
  isPerToken = true,
}: SmallEncoder = {}): Uint8Array {
  const graph = createGraphBuilder();
  const table = Float32Array.from(Object.values(ROWS).flat());
  let x = graph.node("Gather", [graph.constant("table", table, [table.length / DIMENSION, DIMENSION]), "input_ids"]);
  if (inputs.includes("attention_mask")) {
    const mask = graph.node("Cast", ["attention_mask"], { ints: { to: ELEMENT_TYPE_FLOAT } });
    x = graph.node("Mul", [x, graph.node("Unsqueeze", [mask, graph.constant("last axis", [2], [1])])]);
  }
  if (inputs.includes("token_type_ids")) {
    const types = graph.constant("types", new Float32Array(2 * DIMENSION).fill(100, DIMENSION), [2, DIMENSION]);
    x = graph.node("Add", [x, graph.node("Gather", [types, "token_type_ids"])]);
  }
  // As attention does in a large one: every token knows of the others.
  x = graph.node("Add", [x, graph.node("ReduceMean", [x], { ints: { axes: [1], keepdims: 1 } })]);
  if (isPerToken) graph.node("Identity", [x], {}, output);
  else graph.node("ReduceMean", [x], { ints: { axes: [1], keepdims: 0 } }, output);
  return graph.finish(
    inputs.map((name) => ({ name, type: ELEMENT_TYPE_INT64, dims: ["batch", "tokens"] })),
    [
      {
        name: output,
        type: ELEMENT_TYPE_FLOAT,
        dims: isPerToken ? ["batch", "tokens", DIMENSION] : ["batch", DIMENSION],
      },
    ],
  );
}

/** BERT's tokenizer over the six tokens. */
export const SMALL_TOKENIZER = {
  version: "1.0",
  truncation: { max_length: 16, strategy: "LongestFirst", stride: 0, direction: "Right" },
  padding: null,
  added_tokens: [],
  normalizer: {
    type: "BertNormalizer",
    clean_text: true,
    handle_chinese_chars: true,
    strip_accents: null,
    lowercase: true,
  },
  pre_tokenizer: { type: "BertPreTokenizer" },
  post_processor: {
    type: "TemplateProcessing",
    single: [
      { SpecialToken: { id: "[CLS]", type_id: 0 } },
      { Sequence: { id: "A", type_id: 0 } },
      { SpecialToken: { id: "[SEP]", type_id: 0 } },
    ],
    pair: [],
    special_tokens: {
      "[CLS]": { id: "[CLS]", ids: [1], tokens: ["[CLS]"] },
      "[SEP]": { id: "[SEP]", ids: [2], tokens: ["[SEP]"] },
    },
  },
  decoder: { type: "WordPiece", prefix: "##", cleanup: true },
  model: {
    type: "WordPiece",
    unk_token: "[UNK]",
    continuing_subword_prefix: "##",
    max_input_chars_per_word: 100,
    vocab: Object.fromEntries(Object.keys(ROWS).map((token, id) => [token, id])),
  },
};

/** A folder with the files; a value that is not bytes is written as JSON. */
export async function writeEncoder(files: Readonly<Record<string, unknown>>): Promise<string> {
  const folder = path.join(await makeTempFolder(), "small-encoder");
  for (const [name, content] of Object.entries(files)) {
    const file = path.join(folder, name);
    await mkdir(path.dirname(file), { recursive: true });
    await writeFile(
      file,
      content instanceof Uint8Array || typeof content === "string" ? content : JSON.stringify(content),
    );
  }
  return folder;
}
