/**
 * What a sentence encoder's graph takes and gives, read from the ONNX file, and why it cannot be used where it cannot. Runs
 * nothing.
 */
import { decodeOnnx, ELEMENT_TYPE_INT64, type OnnxValueInfo } from "../../onnx/onnx-model.ts";
import { CommandError } from "../../shared/command.ts";

const TOKEN_IDS = "input_ids";
const ATTENTION_MASK = "attention_mask";
const TOKEN_TYPE_IDS = "token_type_ids";
/** Names that exporters give to one vector a text, and to one a token. BERT's `pooler_output` was not trained for sentences. */
const SENTENCE_OUTPUTS = ["sentence_embedding", "embedding", "text_embeds"];
const TOKEN_OUTPUTS = ["last_hidden_state", "token_embeddings"];

export interface EncoderGraph {
  readonly input: { readonly name: string; readonly attentionMask?: string; readonly tokenTypeIds?: string };
  readonly output: string;
  /** The output is one vector a token, to be pooled. */
  readonly isPerToken: boolean;
}

/** Throws `CommandError` with the reason. */
export function readEncoderGraph(model: Uint8Array): EncoderGraph {
  const { graph } = decodeOnnx(model);
  const weights = new Set(graph.initializer.map(({ name }) => name));
  const inputs = graph.input.filter(({ name }) => !weights.has(name));
  return { input: readInputs(inputs), ...chooseOutput(graph.output) };
}

function readInputs(inputs: readonly OnnxValueInfo[]): EncoderGraph["input"] {
  const known = [TOKEN_IDS, ATTENTION_MASK, TOKEN_TYPE_IDS];
  const names = inputs.map(({ name }) => name);
  const other = names.filter((name) => !known.includes(name));
  if (!names.includes(TOKEN_IDS) || other.length > 0) {
    throw new CommandError(
      `A sentence encoder takes ${TOKEN_IDS} and, if it wants them, ${ATTENTION_MASK} and ${TOKEN_TYPE_IDS}; this graph ` +
        `takes ${names.join(", ") || "nothing"}. Export the encoder alone, without a decoder or another tower.`,
    );
  }
  for (const { name, type } of inputs) {
    if (type?.tensor_type?.elem_type === ELEMENT_TYPE_INT64) continue;
    throw new CommandError(`The input ${name} is not int64; export the encoder with 64-bit token ids.`);
  }
  return {
    name: TOKEN_IDS,
    ...(names.includes(ATTENTION_MASK) && { attentionMask: ATTENTION_MASK }),
    ...(names.includes(TOKEN_TYPE_IDS) && { tokenTypeIds: TOKEN_TYPE_IDS }),
  };
}

function chooseOutput(outputs: readonly OnnxValueInfo[]): Pick<EncoderGraph, "output" | "isPerToken"> {
  const named = (wanted: readonly string[]) => outputs.find(({ name }) => wanted.includes(name));
  const output = named(SENTENCE_OUTPUTS) ?? named(TOKEN_OUTPUTS) ?? (outputs.length === 1 ? outputs[0] : undefined);
  if (output === undefined) {
    const names = outputs.map(({ name }) => name).join(", ");
    throw new CommandError(
      `It is not plain which output is the text's vector: ${names}. Call it ${SENTENCE_OUTPUTS[0]}, or ${TOKEN_OUTPUTS[0]} for one a token.`,
    );
  }
  const rank = output.type?.tensor_type?.shape?.dim.length;
  return { output: output.name, isPerToken: rank === undefined ? TOKEN_OUTPUTS.includes(output.name) : rank === 3 };
}
