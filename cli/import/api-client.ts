/**
 * The part of the HTTP API that an import needs (docs/api.md), with patience: what can be tried again safely is tried
 * again. Every call here is safe to repeat, because photos are known by their bytes.
 */
import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { CommandError, reasonOf } from "../shared/command.ts";

const REQUEST_TIMEOUT_MS = 120_000;
const MAX_ATTEMPTS = 6;
const FIRST_PAUSE_MS = 500;
const MAX_PAUSE_MS = 15_000;
/** Too many requests, or a server that is starting, overloaded or unreachable behind a proxy. */
const RETRIED_STATUSES = new Set([429, 502, 503, 504]);

const limitsSchema = z.object({ limits: z.object({ maxImageBytes: z.number() }) });
const classSchema = z.object({
  id: z.string(),
  name: z.string(),
  aliases: z.array(z.string()).default([]),
  archived: z.boolean(),
});
const classesSchema = z.object({ classes: z.array(classSchema) });
const knownSchema = z.object({ known: z.array(z.object({ photo: z.string(), label: z.string() })) });
const uploadSchema = z.object({
  results: z.array(
    z.object({
      status: z.enum(["stored", "relabelled", "duplicate", "refused"]),
      problem: z.object({ code: z.string(), detail: z.string() }).optional(),
    }),
  ),
});
const problemSchema = z.object({ code: z.string(), detail: z.string() });

export type RemoteClass = z.infer<typeof classSchema>;
export type UploadResult = z.infer<typeof uploadSchema>["results"][number];

/** The server refused a request for a reason that trying again does not change. */
export class ApiError extends Error {
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
  /** Path relative to the imported folder. */
  readonly file: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

export interface ApiClient {
  /** Largest photo that the server takes, in bytes. */
  maxImageBytes(): Promise<number>;
  listClasses(): Promise<RemoteClass[]>;
  createClass(id: string, name: string): Promise<RemoteClass>;
  /** The labels of those photos (SHA-256, hex; at most 1,000) that are stored already. */
  findLabels(photos: readonly string[]): Promise<Map<string, string>>;
  /** One result per photo, in their order. */
  upload(classId: string, photos: readonly Photo[]): Promise<UploadResult[]>;
}

export interface ApiClientOptions {
  readonly url: string;
  readonly token: string;
  /** Told when a request has to be tried again. */
  readonly onRetry?: (message: string) => void;
  readonly firstPauseMs?: number;
}

/** Sends one request that is safe to repeat, and checks the answer. Throws like the methods of `ApiClient`. */
export type Call = <T>(schema: z.ZodType<T>, path: string, init?: RequestInit) => Promise<T>;

/** The calls of any command: with the token, and with patience. */
export function createCaller({ url, token, onRetry, firstPauseMs = FIRST_PAUSE_MS }: ApiClientOptions): Call {
  const base = url.replace(/\/+$/, "");

  return async function call<T>(schema: z.ZodType<T>, path: string, init: RequestInit = {}): Promise<T> {
    for (let attempt = 1; ; attempt++) {
      const outcome = await send(`${base}${path}`, token, init);
      if (outcome.kind === "answer") return readAnswer(schema, path, outcome.response);
      if (attempt === MAX_ATTEMPTS) {
        throw new CommandError(`${base} cannot be reached: ${outcome.reason} (${MAX_ATTEMPTS} attempts).`);
      }
      const pause = Math.min(MAX_PAUSE_MS, outcome.pauseMs ?? firstPauseMs * 2 ** (attempt - 1));
      onRetry?.(
        `${outcome.reason}; trying again in ${(pause / 1_000).toFixed(1)} s (${attempt} of ${MAX_ATTEMPTS - 1})`,
      );
      await sleep(pause);
    }
  };
}

/** Methods throw `ApiError` for a refusal, and `CommandError` when the server cannot be reached or the token is wrong. */
export function createApiClient(options: ApiClientOptions): ApiClient {
  const call = createCaller(options);
  return {
    maxImageBytes: async () => (await call(limitsSchema, "/v1/menu")).limits.maxImageBytes,
    listClasses: async () => (await call(classesSchema, "/v1/admin/classes")).classes,
    createClass: (id, name) => call(classSchema, "/v1/admin/classes", postJson({ id, name })),
    async findLabels(photos) {
      const { known } = await call(knownSchema, "/v1/admin/examples/known", postJson({ photos }));
      return new Map(known.map(({ photo, label }) => [photo, label]));
    },
    async upload(classId, photos) {
      const body = new FormData();
      for (const { file, bytes } of photos) body.append("image", new Blob([bytes]), file);
      const path = `/v1/admin/classes/${encodeURIComponent(classId)}/examples?source=import`;
      const { results } = await call(uploadSchema, path, { method: "POST", body });
      if (results.length !== photos.length) {
        throw new ApiError(200, "internal", `${photos.length} photos were sent, ${results.length} were answered`);
      }
      return results;
    },
  };
}

function postJson(body: object): RequestInit {
  return { method: "POST", headers: { "Content-Type": "application/json" }, body: JSON.stringify(body) };
}

type Outcome =
  | { readonly kind: "answer"; readonly response: Response }
  | { readonly kind: "retry"; readonly reason: string; readonly pauseMs?: number };

async function send(address: string, token: string, init: RequestInit): Promise<Outcome> {
  const headers = { ...init.headers, Authorization: `Bearer ${token}` };
  try {
    const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const response = await fetch(address, { ...init, headers, signal, redirect: "error" });
    if (!RETRIED_STATUSES.has(response.status)) return { kind: "answer", response };
    await response.body?.cancel();
    const seconds = Number(response.headers.get("retry-after") ?? Number.NaN);
    const pause = seconds > 0 ? { pauseMs: seconds * 1_000 } : {};
    return { kind: "retry", reason: `the server answers ${response.status}`, ...pause };
  } catch (cause) {
    const inner = cause instanceof Error && cause.cause !== undefined ? cause.cause : cause;
    return { kind: "retry", reason: reasonOf(inner) || "the connection failed" };
  }
}

/** The answer as `schema` has it, or the error that it stands for. */
export async function readAnswer<T>(schema: z.ZodType<T>, path: string, response: Response): Promise<T> {
  const body: unknown = await response.json().catch(() => undefined);
  if (response.status === 401 || response.status === 403) {
    throw new CommandError("The server refuses the admin token. Give the right one with --token or HEADSTART_TOKEN.");
  }
  if (!response.ok) {
    const { data } = problemSchema.safeParse(body);
    throw new ApiError(
      response.status,
      data?.code ?? "internal",
      data?.detail ?? `the server answers ${response.status}`,
    );
  }
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  throw new CommandError(`${path} answers something else than a Headstart server does. Is --url right?`);
}
