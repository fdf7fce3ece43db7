/**
 * A photo backbone that looks at every photo twice: at all of its short side, and closer at its middle. The embedding is the mean of
 * both. Costs twice the time and no byte, and tells items apart better (docs/decisions/0085). The file has an id of its own.
 */
import type { BackboneManifest } from "../../src/backbone/manifest.ts";
import { averageViews } from "../onnx/average-views.ts";
import { inspectGraph } from "../onnx/inspect-graph.ts";
import { CommandError } from "../shared/command.ts";
import { sha256Of } from "./file-identity.ts";

/** What the name of such a backbone ends with. */
const VIEWS_SUFFIX = "-views";

/** Short sides of the views, by the input's longer edge: one of 120 pixels sees photos of 120 and of 165. */
const VIEW_SCALES = [1, 1.375];

export interface BackboneOfViews {
  readonly model: Uint8Array;
  readonly manifest: BackboneManifest;
  /** What was done, as a sentence. */
  readonly note: string;
}

/** Throws `CommandError` where the network cannot do it. */
export async function addViews(model: Uint8Array, manifest: BackboneManifest): Promise<BackboneOfViews> {
  const { name, input, output } = manifest;
  if (input.views !== undefined) throw cannot(name, "it looks at each photo several times already");
  if (input.crop !== "center") throw cannot(name, `with --crop ${input.crop} it sees the whole photo as it is`);
  const views = VIEW_SCALES.map((scale) => Math.round(Math.max(input.height, input.width) * scale));
  const joint = averageViews(model, { input: input.name, output: output.name }, views.length);
  const facts = await inspectGraph(joint, views.length).catch((cause: unknown) => {
    if (cause instanceof CommandError) throw cannot(name, "the network takes one picture at a time");
    throw cause;
  });
  if (facts.output.dimension !== output.dimension) throw cannot(name, "the network takes one picture at a time");
  const resizeShortSide = Math.max(...views);
  return {
    model: joint,
    manifest: {
      ...manifest,
      id: sha256Of(joint),
      name: `${name}${VIEWS_SUFFIX}`,
      bytes: joint.length,
      input: { ...input, resizeShortSide, views },
    },
    note: `Made ${name}${VIEWS_SUFFIX} of it, which looks at every photo ${views.length} times: with a short side of ${views.join(" and of ")} pixels.`,
  };
}

function cannot(name: string, reason: string): CommandError {
  return new CommandError(`${name} gets no views: ${reason}. Nothing was changed; it can be used without --views.`);
}
