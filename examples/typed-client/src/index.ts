/**
 * A client of one deployment: asks and corrects in a line each, and has every other operation of the API under `api`, typed by the
 * deployment's own document. What can be tried again safely is (`patient-fetch.ts`).
 */
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./api.ts";
import { toForm } from "./form.ts";
import { createPatientFetch, type PatienceOptions } from "./patient-fetch.ts";
import { need, needOne, type One } from "./problem.ts";
import { findShrinker, type PhotoLimits, type ShrinkPhoto } from "./shrink.ts";

export type { components, paths } from "./api.ts";
// biome-ignore lint/performance/noBarrelFile: a package's entry is what it gives, and nothing here imports it
export { toForm } from "./form.ts";
export { HeadstartProblem, need, needOne, type Problem, type ProblemCode } from "./problem.ts";
export { findShrinker, type PhotoLimits, type ShrinkPhoto } from "./shrink.ts";

export type Menu = components["schemas"]["Menu"];
/** The answer about one photo or text. */
export type Classification = components["schemas"]["Classification"];
export type Label = components["schemas"]["Label"];

export interface HeadstartOptions extends PatienceOptions {
  /** An API key; without one calls are a guest's. */
  readonly key?: string | undefined;
  /** In which names of items are answered, a BCP 47 tag. */
  readonly language?: string | undefined;
  /** Instead of the browser's own way; null sends photos as they are. */
  readonly shrink?: ShrinkPhoto | null | undefined;
}

export interface CallOptions {
  readonly signal?: AbortSignal | undefined;
}

type Asking = NonNullable<paths["/v1/classify"]["post"]["parameters"]["query"]>;

export interface ClassifyOptions extends CallOptions {
  /** How many items to answer with, by which head, from which place, and with how many reasons. */
  readonly query?: Asking | undefined;
}

export interface Headstart {
  /** The deployment's, without a slash at its end. */
  readonly url: string;
  /** Every operation, by method and path. */
  readonly api: Client<paths>;
  /** Whether photos are made small before they are sent. */
  readonly shrinks: boolean;
  readMenu(options?: CallOptions): Promise<Menu>;
  /** The copy of a photo that `classify` would send. */
  shrink(photo: Blob, options?: CallOptions): Promise<Blob>;
  /** Asks about a photo, a text, or what `@headstart/client/on-device` made of one; or about several photos of one thing, with one answer. Throws `HeadstartProblem`. */
  classify(sample: Blob | string | readonly Blob[], options?: ClassifyOptions): Promise<Classification>;
  /** Says which item an answer was about; a guest's word waits for staff. Throws `HeadstartProblem`. */
  correct(answer: Pick<Classification, "receipt">, label: string, options?: CallOptions): Promise<Label>;
}

/** The content type of an embedding that a device sends in the place of a photo or a text. */
const EMBEDDING_TYPE = "application/vnd.headstart.embedding";

/** `url` is the deployment's, such as `https://menu.example`. */
export function createHeadstart(url: string, options: HeadstartOptions = {}): Headstart {
  const { key, language, shrink = findShrinker(), ...patience } = options;
  const headers = {
    ...(key !== undefined && { authorization: `Bearer ${key}` }),
    ...(language !== undefined && { "accept-language": language }),
  };
  const baseUrl = url.replace(/\/+$/, "");
  const api = createClient<paths>({ baseUrl, headers, fetch: createPatientFetch(patience) });
  let limits: Promise<PhotoLimits | null> | undefined;

  async function readMenu({ signal }: CallOptions = {}): Promise<Menu> {
    return need(await api.GET("/v1/menu", withSignal(signal)));
  }

  /** Asked for once; a failure is forgotten, and the limits of somebody who gave up are another one's as well. */
  function readLimits(): Promise<PhotoLimits | null> {
    limits ??= readMenu().then((menu) => ("inputPixels" in menu.limits ? menu.limits : null));
    limits.catch(() => {
      limits = undefined;
    });
    return limits;
  }

  async function shrinkCopy(photo: Blob, { signal }: CallOptions = {}): Promise<Blob> {
    if (shrink === null) return photo;
    const within = await readLimits();
    signal?.throwIfAborted();
    return within === null ? photo : shrink(photo, within);
  }

  async function classifyTogether(
    photos: readonly Blob[],
    { query, signal }: ClassifyOptions,
  ): Promise<Classification> {
    const image: Blob[] = [];
    for (const photo of photos) image.push(await shrinkCopy(photo, { signal }));
    const params = { query: { ...query, together: "true" as const } };
    const call = { params, body: { image }, bodySerializer: toForm, ...withSignal(signal) };
    return needOne(await api.POST("/v1/classify", call));
  }

  async function classify(
    sample: Blob | string | readonly Blob[],
    options: ClassifyOptions = {},
  ): Promise<Classification> {
    if (typeof sample === "object" && !(sample instanceof Blob)) return classifyTogether(sample, options);
    const { query, signal } = options;
    const isPhoto = typeof sample === "object" && sample.type !== EMBEDDING_TYPE;
    const body = isPhoto ? await shrinkCopy(sample, { signal }) : sample;
    const type = typeof body === "string" ? "text/plain" : isPhoto ? "application/octet-stream" : EMBEDDING_TYPE;
    const call = { body, bodySerializer: asItIs, headers: { "content-type": type }, ...withSignal(signal) };
    return needOne(await api.POST("/v1/classify", { params: { query: query ?? {} }, ...call }));
  }

  async function correct(answer: Pick<Classification, "receipt">, label: string, { signal }: CallOptions = {}) {
    const body = { receipt: answer.receipt, label };
    return needOne(await api.POST("/v1/labels", { body, ...withSignal(signal) })) satisfies One<Label>;
  }

  return { url: baseUrl, api, shrinks: shrink !== null, readMenu, shrink: shrinkCopy, classify, correct };
}

function withSignal(signal: AbortSignal | undefined): { readonly signal?: AbortSignal } {
  return signal === undefined ? {} : { signal };
}

function asItIs<T>(body: T): T {
  return body;
}
