/** Sentences of the API as codes with parameters, as they come beside its English. Pure. */
import type { Sentence } from "../../shared/sentence.ts";
import type { Decoder } from "./decode.ts";

/** None where there are none or they have another shape: the English text is there as well. */
export const sentences: Decoder<readonly Sentence[]> = (value) =>
  Array.isArray(value) && value.every(isSentence) ? value : [];

function isSentence(value: unknown): value is Sentence {
  if (typeof value !== "object" || value === null || !("code" in value) || !("params" in value)) return false;
  const { code, params } = value;
  if (typeof code !== "string" || typeof params !== "object" || params === null) return false;
  return Object.values(params).every((filling) => typeof filling === "string" || typeof filling === "number");
}
