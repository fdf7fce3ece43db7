/**
 * Puts a backbone in place: find, verify, cut where it is a classifier, read its graph, write model and manifest. Any
 * refusal leaves the backbone that was there.
 */
import type { BackboneManifest } from "../../src/backbone/manifest.ts";
import type { Fit } from "../../src/image/geometry.ts";
import { cutClassifier } from "../onnx/cut-classifier.ts";
import { type GraphFacts, inspectGraph } from "../onnx/inspect-graph.ts";
import { CommandError } from "../shared/command.ts";
import { addViews } from "./add-views.ts";
import { gitBlobIdOf, matchesPin, recogniseBackbone, sha256Of } from "./file-identity.ts";
import { type BackboneSource, findBackboneSource } from "./find-source.ts";
import { IMAGENET_NORMALISATION, type KnownBackbone, type Normalisation } from "./known-backbones.ts";
import type { SearchPlaces } from "./made-backbones.ts";
import { type PlacedBackbone, placeBackbone } from "./placed-backbone.ts";
import { quantiseBackbone } from "./quantise/quantise-backbone.ts";

/** Cloudflare refuses a static asset above 25 MiB. */
const MAX_BACKBONE_BYTES = 25 * 1024 * 1024;

/** ImageNet's usual margin: a 224 crop of a short side of 256. */
const RESIZE_MARGIN = 256 / 224;

export interface UseBackboneOptions extends SearchPlaces {
  /** Where to put it: `backbone.onnx` and `manifest.json`. */
  readonly activeDir: string;
  /** Expected SHA-256 of the file as found, hex. */
  readonly sha256?: string | undefined;
  readonly mean?: Normalisation["mean"] | undefined;
  readonly std?: Normalisation["std"] | undefined;
  readonly resizeShortSide?: number | undefined;
  readonly crop?: Fit | undefined;
  readonly licence?: string | undefined;
  readonly origin?: string | undefined;
  /** true: cut the last linear layer; false: never; absent: when the model looks like a classifier. */
  readonly cut?: boolean | undefined;
  /** Quantise it to eight bits: the folder of photos that show what range its numbers have. */
  readonly int8?: string | undefined;
  /** Look at every photo twice. */
  readonly views?: boolean | undefined;
}

export interface UsedBackbone extends PlacedBackbone {
  /** What was done and what was assumed, as sentences. */
  readonly notes: readonly string[];
}

/** Throws `CommandError` with the reason when `wanted` cannot be used. */
export async function useBackbone(wanted: string, options: UseBackboneOptions): Promise<UsedBackbone> {
  const source = await findBackboneSource(wanted, options);
  requireExpectedBytes(source, options.sha256);
  const known = recogniseBackbone(source.model);
  const { model, facts, notes } = await readEmbeddingGraph(source, options.cut);
  if (model.length > MAX_BACKBONE_BYTES) {
    const size = (model.length / 1024 / 1024).toFixed(1);
    throw new CommandError(`The backbone has ${size} MiB; a Worker's static asset may have 25. Use a smaller network.`);
  }
  const described = source.manifest ?? describeBackbone(source, model, facts, known, options, notes);
  requireOneResize(described, options);
  const manifest = overrideManifest(described, options);
  requireAgreement(manifest, facts);
  let made: MadeBackbone = { model, manifest };
  for (const make of stepsOf(options)) {
    made = await make(made);
    if (made.note !== undefined) notes.push(made.note);
  }
  return { ...(await placeBackbone(options.activeDir, made.model, made.manifest)), notes };
}

/** A network with its manifest, and what was done to it, as a sentence. */
interface MadeBackbone {
  readonly model: Uint8Array;
  readonly manifest: BackboneManifest;
  readonly note?: string;
}

/** What is made of the network that was found. Views come last: the ranges of eight bits are read off single pictures. */
function stepsOf({ int8, views }: UseBackboneOptions) {
  const steps: ((from: MadeBackbone) => Promise<MadeBackbone>)[] = [];
  if (int8 !== undefined) steps.push(({ model, manifest }) => quantiseBackbone(model, manifest, int8));
  if (views) steps.push(({ model, manifest }) => addViews(model, manifest));
  return steps;
}

/** Views are what a photo is resized to; a second word about it would be lost. */
function requireOneResize(
  { name, input }: BackboneManifest,
  { resizeShortSide, crop, views }: UseBackboneOptions,
): void {
  if (resizeShortSide !== undefined && views) {
    throw new CommandError("--views sets what a photo is resized to: leave --resize away. Nothing was changed.");
  }
  if ((resizeShortSide === undefined && crop === undefined) || input.views === undefined) return;
  throw new CommandError(
    `${name} looks at each photo with short sides of ${input.views.join(" and ")}, which is part of what it is: leave --resize and --crop away. Nothing was changed.`,
  );
}

function requireExpectedBytes(source: BackboneSource, sha256: string | undefined): void {
  const { model, place, expected } = source;
  if (sha256 !== undefined && sha256Of(model) !== sha256.toLowerCase()) {
    throw new CommandError(`${place} has SHA-256 ${sha256Of(model)}, not ${sha256}. Nothing was changed.`);
  }
  if (expected !== undefined && !matchesPin(model, expected.pin)) {
    throw new CommandError(
      `${place} is not the known ${expected.name}: its git blob id is ${gitBlobIdOf(model)}, its SHA-256 ` +
        `${sha256Of(model)}. The file was exchanged or damaged; nothing was changed.`,
    );
  }
}

async function readEmbeddingGraph(source: BackboneSource, cut: boolean | undefined) {
  const facts = await inspectGraph(source.model, source.manifest?.input.views?.length);
  const notes = facts.assumptions.map((assumption) => `Assumed: ${assumption}.`);
  if (source.manifest !== undefined || cut === false) return { model: source.model, facts, notes };
  const result = cutClassifier(source.model, facts.output, cut === true ? "always" : "if-classifier");
  if (result === null) return { model: source.model, facts, notes };
  const cutFacts = await inspectGraph(result.model);
  if (cutFacts.output.dimension !== result.dimension) {
    throw new CommandError(
      `The features in front of the classifier are ${cutFacts.output.dimension} numbers where ${result.dimension} were ` +
        "expected: they are not pooled over the picture. Export the network without its classifier instead.",
    );
  }
  notes.push(
    `Cut off the classifier (${result.removed}): the embedding is ${result.output}, ${cutFacts.output.dimension} numbers.`,
  );
  return { model: result.model, facts: cutFacts, notes };
}

function describeBackbone(
  source: BackboneSource,
  model: Uint8Array,
  facts: GraphFacts,
  known: KnownBackbone | undefined,
  options: UseBackboneOptions,
  notes: string[],
): BackboneManifest {
  const { height, width } = facts.input;
  const normalisation = known?.normalisation ?? IMAGENET_NORMALISATION;
  const resizeShortSide = known?.resizeShortSide ?? Math.round(Math.max(height, width) * RESIZE_MARGIN);
  if (known === undefined) notes.push(...listAssumptions(options, normalisation, resizeShortSide));
  return {
    modality: "image",
    id: sha256Of(model),
    name: source.name,
    file: "backbone.onnx",
    bytes: model.length,
    input: {
      ...facts.input,
      layout: "NCHW",
      mean: [...normalisation.mean],
      std: [...normalisation.std],
      resizeShortSide,
      crop: "center",
    },
    output: facts.output,
    licence: known?.licence ?? "unknown",
    origin: known?.origin ?? source.place,
  };
}

/** What was asked for goes before what a manifest, the known list or an assumption says. */
function overrideManifest(manifest: BackboneManifest, options: UseBackboneOptions): BackboneManifest {
  const { input } = manifest;
  return {
    ...manifest,
    input: {
      ...input,
      mean: [...(options.mean ?? input.mean)],
      std: [...(options.std ?? input.std)],
      resizeShortSide: options.resizeShortSide ?? input.resizeShortSide,
      crop: options.crop ?? input.crop,
    },
    licence: options.licence ?? manifest.licence,
    origin: options.origin ?? manifest.origin,
  };
}

function listAssumptions(options: UseBackboneOptions, { mean, std }: Normalisation, resizeShortSide: number): string[] {
  const assumed = [
    options.mean === undefined && `--mean ${mean.join(",")} (ImageNet)`,
    options.std === undefined && `--std ${std.join(",")} (ImageNet)`,
    options.resizeShortSide === undefined && `--resize ${resizeShortSide}`,
    options.licence === undefined && "--licence unknown",
  ].filter((text) => text !== false);
  if (assumed.length === 0) return [];
  return [`This file is not on the known list. Assumed: ${assumed.join(", ")}. Wrong numbers cost accuracy silently.`];
}

function requireAgreement(manifest: BackboneManifest, facts: GraphFacts): void {
  const { input, output } = manifest;
  const isSame =
    input.name === facts.input.name &&
    input.height === facts.input.height &&
    input.width === facts.input.width &&
    output.name === facts.output.name &&
    output.dimension === facts.output.dimension;
  if (isSame) return;
  throw new CommandError(
    `The manifest says ${input.name} ${input.width} x ${input.height} -> ${output.name} ${output.dimension}, but the ` +
      `graph has ${facts.input.name} ${facts.input.width} x ${facts.input.height} -> ${facts.output.name} ` +
      `${facts.output.dimension}. Correct or remove the manifest beside the file.`,
  );
}
