/**
 * What the benchmarks compare Headstart with: `tools/rivals`, a package of its own. Owns what they call of it, and imports it
 * only when a benchmark asks, so that everything else does without its 90 MB.
 */
import path from "node:path";
import { pathToFileURL } from "node:url";
import type { BackboneManifest } from "../../src/backbone/manifest.ts";
import type { BackboneSession } from "../../src/backbone/session.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { PROJECT_ROOT } from "../shared/project-paths.ts";

const ENTRY = path.join(PROJECT_ROOT, "tools/rivals/rivals.ts");

/** Rows that the classifiers get at most: the first ones. */
export const RIVAL_ROWS = 1000;

export interface RivalTiming {
  /** Rows given to both. */
  readonly rows: number;
  /** One gradient step for each of the K one-against-all problems. */
  readonly mlLogisticRegressionStepSeconds: number;
  /** That step times its default 50,000: what `train` would take. Computed, not measured. */
  readonly mlLogisticRegressionFitSecondsComputed: number;
  /** Adding every row. */
  readonly knnAddSeconds: number;
  /** One answer; it compares with every row. */
  readonly knnAnswerSeconds: number;
}

export interface Rivals {
  /** `rows` are labelled `c0`, `c1` ..; at most `RIVAL_ROWS` are used. */
  timeClassifiers(rows: readonly LabelledEmbedding[]): Promise<RivalTiming>;
  /** The network of an ONNX file in TensorFlow.js. Throws when it holds an operator that `planLayers` does not know. */
  createTfjsSession(model: Uint8Array, manifest: BackboneManifest): Promise<BackboneSession>;
}

/** Throws where the package is not installed; `installPackage("rivals")` installs it. */
export async function loadRivals(): Promise<Rivals> {
  const { rivals } = await import(/* @vite-ignore */ pathToFileURL(ENTRY).href);
  return rivals;
}
