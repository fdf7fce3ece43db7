/** A network that looks at a photo several times ends with the mean over the views; our kernels run one view after the other. */
import type { OnnxFile, OnnxNode } from "./onnx-file.ts";

/** What computes one view, and its output. */
interface OneView {
  readonly file: OnnxFile;
  readonly output: string;
  /** Whether the graph's own output is the mean over its views. */
  readonly isMeanOfViews: boolean;
}

/** The graph without a mean over the views at its end, where it has one. */
export function takeOneView(file: OnnxFile, output: string): OneView {
  const mean = file.nodes.find(({ outputs }) => outputs[0] === output);
  if (mean === undefined || !isMeanOverViews(file, mean)) return { file, output, isMeanOfViews: false };
  const nodes = file.nodes.filter((node) => node !== mean);
  return { file: { ...file, nodes }, output: mean.inputs[0], isMeanOfViews: true };
}

/** Up to operator set 17 the axes are an attribute, later an input. */
function isMeanOverViews({ weights }: OnnxFile, { type, inputs, attributes }: OnnxNode): boolean {
  if (type !== "ReduceMean") return false;
  const axes = attributes.get("axes")?.ints ?? [...(weights.get(inputs[1] ?? "")?.data ?? [])];
  return axes.length === 1 && axes[0] === 0;
}
