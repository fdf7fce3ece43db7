/**
 * Photos and texts that stay where they are: the deployment's backbone runs here, in a browser or in Node, and what is sent is the embedding.
 * It is the very code of the Worker and of its page; weights and decoders come from the deployment, checked by their hashes.
 */
import { DeviceError } from "../../../src/web/client/device-embedder.ts";
import type { FileSource } from "../../../src/web/client/device-files.ts";
import type { CallOptions, Headstart, Menu, PhotoLimits } from "./index.ts";
import { HeadstartProblem, type ProblemCode } from "./problem.ts";

export interface PrepareOptions extends CallOptions {
  /** Hears the share of the download that has arrived, 0 to 1. */
  readonly onProgress?: ((share: number) => void) | undefined;
}

export interface OnDevice {
  readonly reads: Menu["reads"];
  /** What to give to `classify` in the place of this photo or text. Throws `HeadstartProblem` for one that cannot be used. */
  embed(sample: Blob | string): Promise<Blob>;
}

/** Why the backbone cannot be brought here. */
export class OnDeviceError extends Error {
  override readonly name = "OnDeviceError";
  readonly fault: keyof typeof FAULTS;

  constructor(fault: keyof typeof FAULTS) {
    super(FAULTS[fault]);
    this.fault = fault;
  }
}

const FAULTS = {
  insecure: "The page is not served by https, so that nobody can check what is downloaded.",
  damaged: "What was downloaded is not what the deployment promised.",
  stopped: "The download stopped: check the connection, and whether the deployment names this site in CORS_ORIGINS.",
  missing: "The deployment does not serve its backbone: a model service reads its texts.",
  unsupported: "There is no WebAssembly here.",
};

/** Downloads what is needed, 4 MB and more, and starts it. Throws `OnDeviceError`, and `HeadstartProblem` where the menu is refused. */
export async function prepareOnDevice(headstart: Headstart, options: PrepareOptions = {}): Promise<OnDevice> {
  const { onProgress = () => {}, signal } = options;
  const { reads, limits } = await headstart.readMenu(options);
  const source: FileSource = { origin: headstart.url, ...(signal !== undefined && { signal }) };
  try {
    return "inputPixels" in limits
      ? { reads, embed: await preparePhotos(headstart, limits, onProgress, source) }
      : { reads, embed: await prepareTexts(onProgress, source) };
  } catch (cause) {
    throw cause instanceof DeviceError ? new OnDeviceError(faultOf(cause)) : cause;
  }
}

type Progress = (share: number) => void;

async function preparePhotos(headstart: Headstart, limits: PhotoLimits, onProgress: Progress, source: FileSource) {
  const { prepareDeviceEmbedder } = await import("../../../src/web/client/on-device.ts");
  const embedder = await prepareDeviceEmbedder(onProgress, source);
  return async (photo: Blob | string) => {
    if (typeof photo === "string") throw new TypeError("This deployment reads photos: give it a Blob.");
    return messageOf(await embedder.embed(await headstart.shrink(photo), limits));
  };
}

async function prepareTexts(onProgress: Progress, source: FileSource) {
  const { prepareDeviceEmbedder } = await import("../../../src/web/client/on-device-text.ts");
  const embedder = await prepareDeviceEmbedder(onProgress, source);
  return async (text: Blob | string) => {
    if (typeof text !== "string") throw new TypeError("This deployment reads texts: give it a string.");
    return messageOf(await embedder.embed(text));
  };
}

type Embedded =
  | { readonly ok: true; readonly value: Blob }
  | { readonly ok: false; readonly error: { readonly code: string; readonly detail: string } };

function messageOf(embedded: Embedded): Blob {
  if (embedded.ok) return embedded.value;
  const { code, detail } = embedded.error;
  throw new HeadstartProblem(0, code as ProblemCode, detail, null); // -- the Worker's own code refused it, by the codes of the API
}

function faultOf({ message }: DeviceError): keyof typeof FAULTS {
  return Object.hasOwn(FAULTS, message) ? (message as keyof typeof FAULTS) : "stopped"; // -- the line before has looked
}
