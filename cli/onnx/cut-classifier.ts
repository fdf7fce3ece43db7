/** Placeholder. */
export function cutClassifier(
  _model: Uint8Array,
  _output: string,
  _when: "always" | "if-classifier",
): null | { model: Uint8Array; output: string; removed: string } {
  return null;
}
