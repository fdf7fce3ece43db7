/**
 * The part of the HTTP API that an import needs (docs/api.md), with patience: what can be tried again safely is tried
 * again. Every call here is safe to repeat, because photos are known by their bytes.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { classOperations } from "../../src/operations/classes.ts";
import type { exampleOperations } from "../../src/operations/examples.ts";
import type { menuOperations } from "../../src/operations/menu.ts";
import type { Purpose } from "../../src/shared/closed-lists.ts";
import { answerOf } from "../headstart/answer-of.ts";
import { CommandError, EXIT, reasonOf } from "../shared/command.ts";

const REQUEST_TIMEOUT_MS = 120_000;
const MAX_ATTEMPTS = 6;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 15_000;
/** Far above any answer of the API: whatever sends more is something else. */
const MAX_ANSWER_BYTES = 32 * 1024 * 1024;
/** Too many requests, or a server that is starting, overloaded or unreachable behind a proxy. */
const RETRIED_STATUSES = new Set([429, 502, 503, 504]);

const menuSchema = answerOf<typeof menuOperations.readMenu>()(
  z.object({
    /** Servers of older versions read photos and do not say so. */
    reads: z.enum(["photos", "texts"]).default("photos"),
    limits: z.looseObject({ maxImageBytes: z.number().optional() }),
  }),
);
const classSchema = answerOf<typeof classOperations.createClass>()(
  z.object({
    id: z.string(),
    name: z.string(),
    aliases: z.array(z.string()).default([]),
    archived: z.boolean(),
    mergedInto: z.string().nullish(),
    examples: z.number().optional(),
  }),
);
const classesSchema = answerOf<typeof classOperations.listClasses>()(z.object({ classes: z.array(classSchema) }));
const knownSchema = answerOf<typeof exampleOperations.findKnownPhotos>()(
  z.object({
    known: z.array(z.object({ photo: z.string(), label: z.string() })),
    /** Servers of older versions do not say. */
    forgotten: z.array(z.string()).default([]),
  }),
);
const identifiedSchema = knownSchema.extend({ samples: z.array(z.string().nullable()) });
const uploadSchema = answerOf<typeof exampleOperations.addExamples>()(
  z.object({
    results: z.array(
      z.object({
        status: z.enum(["stored", "relabelled", "duplicate", "pending", "refused"]),
        problem: z.object({ code: z.string(), detail: z.string() }).optional(),
      }),
    ),
  }),
);
const problemSchema = z.object({ code: z.string(), detail: z.string(), requestId: z.string().optional() });

export type RemoteClass = z.infer<typeof classSchema>;
export type UploadResult = z.infer<typeof uploadSchema>["results"][number];

/** The server refused a request for a reason that trying again does not change. */
export class ApiError extends CommandError {
  override readonly name = "ApiError";
  readonly status: number;
  readonly code: string;
  constructor(status: number, code: string, detail: string) {
    super(detail);
    this.status = status;
    this.code = code;
  }
}

export interface Photo {
  /** As the person knows it. */
  readonly file: string;
  readonly place?: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ApiClient {
  /** What the server takes: photos of so many bytes at most, or texts. */
  whatItReads(): Promise<{ readonly kind: "photos"; readonly maxImageBytes: number } | { readonly kind: "texts" }>;
  listClasses(): Promise<RemoteClass[]>;
  /** The server makes the id. */
  createClass(name: string): Promise<RemoteClass>;
  deleteClass(id: string): Promise<void>;
  /** The labels of those photos (SHA-256, hex; at most 1,000) that are stored already; null of those that staff have forgotten. */
  findLabels(photos: readonly string[]): Promise<Map<string, string | null>>;
  /** Ids of up to 64 texts, null of those that cannot be read; and, as `findLabels`, what of them is stored or forgotten. */
  identifyTexts(
    texts: readonly string[],
  ): Promise<{ readonly ids: readonly (string | null)[]; readonly known: Map<string, string | null> }>;
  /** One result per text, in their order; up to 64. */
  uploadTexts(classId: string, texts: readonly string[], purpose?: Purpose): Promise<UploadResult[]>;
  /** One result per photo, in their order. */
  upload(classId: string, photos: readonly Photo[], purpose?: Purpose): Promise<UploadResult[]>;
}

export interface ApiClientOptions {
  readonly url: string;
  /** Null: as a guest. */
  readonly key: string | null;
  /** Told when a request has to be tried again. */
  readonly onRetry?: (message: string) => void;
  readonly firstPauseMs?: number;
  /** How often a request is sent at most; 1 for those that are not safe to repeat. */
  readonly maxAttempts?: number;
}

/** Sends one request that is safe to repeat, and checks the answer. Throws like the methods of `ApiClient`. */
export type Call = <T>(schema: z.ZodType<T>, path: string, init?: RequestInit) => Promise<T>;

/** Sends one request that is safe to repeat until it is answered, whatever the answer says. Throws `CommandError` where it is not. */
export type Send = (path: string, init?: RequestInit) => Promise<Response>;

/** The calls of any command: with the key, and with patience. */
export function createCaller(options: ApiClientOptions): Call {
  const send = createSender(options);
  return async function call<T>(schema: z.ZodType<T>, path: string, init?: RequestInit): Promise<T> {
    return readAnswer(schema, path, await send(path, init));
  };
}

/** The same for answers that are not JSON: `readAnswer` says what a refusal means. */
export function createSender(options: ApiClientOptions): Send {
  const { key, onRetry, firstPauseMs = FIRST_PAUSE_MS, maxAttempts = MAX_ATTEMPTS } = options;
  const base = options.url.replace(/\/+$/, "");

  return async function sendPatiently(path, init = {}) {
    for (let attempt = 1; ; attempt++) {
      const outcome = await send(`${base}${path}`, key, init);
      if (outcome.kind === "answer") return outcome.response;
      if (attempt === maxAttempts) {
        const attempts = maxAttempts === 1 ? "" : ` (${maxAttempts} attempts)`;
        throw new CommandError(`${base} cannot be reached: ${asClause(outcome.reason)}${attempts}.`, EXIT.unreachable);
      }
      const pause = Math.min(MAX_PAUSE_MS, outcome.pauseMs ?? firstPauseMs * 2 ** (attempt - 1));
      onRetry?.(
        `${asClause(outcome.reason)}; trying again in ${(pause / 1_000).toFixed(1)} s (${attempt} of ${maxAttempts - 1})`,
      );
      await sleep(pause);
    }
  };
}

/** A sentence of the server as a part of another one; that it should be tried again is said by what follows. */
function asClause(sentence: string): string {
  return sentence.replace(/ Try again( in a moment| later)?\.$/, "").replace(/\.$/, "");
}

/** Methods throw `ApiError` for a refusal, and `CommandError` when the server cannot be reached or the token is wrong. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const call = createCaller(options);

  async function addExamples(
    classId: string,
    sent: number,
    init: RequestInit,
    purpose: Purpose | undefined,
  ): Promise<UploadResult[]> {
    const query = purpose === undefined ? "" : `&purpose=${purpose}`;
    const path = `/v1/admin/classes/${encodeURIComponent(classId)}/examples?source=import${query}`;
    const { results } = await call(uploadSchema, path, init);
    if (results.length === sent) return results;
    throw new ApiError(200, "internal", `${sent} were sent, ${results.length} were answered`);
  }

  return {
    async whatItReads() {
      const { reads, limits } = await call(menuSchema, "/v1/menu");
      if (reads === "texts") return { kind: "texts" };
      return { kind: "photos", maxImageBytes: limits.maxImageBytes ?? Number.POSITIVE_INFINITY };
    },
    listClasses: async () => (await call(classesSchema, "/v1/admin/classes")).classes,
    createClass: (name) => call(classSchema, "/v1/admin/classes", postJson({ name })),
    async deleteClass(id) {
      await call(z.unknown(), `/v1/admin/classes/${encodeURIComponent(id)}`, { method: "DELETE" });
    },
    async findLabels(photos) {
      return toLabels(await call(knownSchema, "/v1/admin/examples/known", postJson({ photos })));
    },
    async identifyTexts(texts) {
      const found = await call(identifiedSchema, "/v1/admin/examples/known", postJson({ texts }));
      return { ids: found.samples, known: toLabels(found) };
    },
    uploadTexts: (classId, texts, purpose) => addExamples(classId, texts.length, postJson({ text: texts }), purpose),
    async upload(classId, photos, purpose) {
      const body = new FormData();
      for (const { file, bytes } of photos) body.append("image", new Blob([bytes]), file);
      return addExamples(classId, photos.length, { method: "POST", body }, purpose);
    },
  };
}

function toLabels({ known, forgotten }: z.infer<typeof knownSchema>): Map<string, string | null> {
  return new Map([
    ...forgotten.map((photo) => [photo, null] as const),
    ...known.map(({ photo, label }) => [photo, label] as const),
  ]);
}

/** A POST of JSON; `method` may be another one that has a body. */
export function postJson(body: object, method = "POST"): RequestInit {
  return { method, headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

type Outcome =
  | { readonly kind: "answer"; readonly response: Response }
  | { readonly kind: "retry"; readonly reason: string; readonly pauseMs?: number };

async function send(address: string, key: string | null, init: RequestInit): Promise<Outcome> {
  const authorization = key === null ? {} : { Authorization: `Bearer ${key}` };
  const headers = { ...init.headers, ...authorization };
  try {
    const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const response = await fetch(address, { ...init, headers, signal, redirect: "error" });
    if (!RETRIED_STATUSES.has(response.status)) return { kind: "answer", response };
    const { data } = problemSchema.safeParse(await readJson(response));
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    const pause = seconds > 0 ? { pauseMs: seconds * 1_000 } : {};
    return { kind: "retry", reason: data?.detail ?? `the server answers ${response.status}`, ...pause };
  } catch (cause) {
    const inner = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause;
    return { kind: "retry", reason: reasonOf(inner) || "the connection failed" };
  }
}

/** The answer as `schema` has it (`null` where it has no body), or the error that it stands for. */
export async function readAnswer<T>(schema: z.ZodType<T>, path: string, response: Response): Promise<T> {
  const body = await readJson(response);
  if (!response.ok) throw toError(response.status, body);
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new CommandError(
    `${path} answers something else than a Headstart server does. Is the address right?`,
    EXIT.unreachable,
  );
}

function toError(status: number, body: unknown): CommandError {
  const { data } = problemSchema.safeParse(body);
  const request = data?.requestId === undefined ? "" : ` (request ${data.requestId})`;
  if (status === 401 || status === 403) {
    const said = data === undefined ? "" : ` ${data.detail}`;
    const remedy = status === 401 ? " Log in with `headstart login`, or set HEADSTART_KEY." : "";
    return new CommandError(`The server refuses access.${said}${remedy}${request}`, EXIT.refused);
  }
  return new ApiError(status, data?.code ?? "internal", `${data?.detail ?? `The server answers ${status}.`}${request}`);
}

/** The body as JSON: null where there is none, undefined where it is something else or endless. */
async function readJson(response: Response): Promise<unknown> {
  if (response.body === null) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  try {
    for await (const chunk of response.body) {
      size += chunk.length;
      if (size > MAX_ANSWER_BYTES) return undefined; // leaving the loop cancels the stream
      chunks.push(chunk);
    }
    return size === 0 ? null : JSON.parse(Buffer.concat(chunks).toString("utf8"));
  } catch {
    return undefined;
  }
}
