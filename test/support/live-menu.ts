/** A pizzeria's view of a running server, over HTTP alone: teach, train, ask. */
import type { DevServer } from "../../cli/dev-server.ts";
import type { LabelledPhoto } from "./shared-data.ts";

const PHOTOS_PER_REQUEST = 20;
/** Isolates look for a new head every few seconds; a busy machine answers late. */
const NEW_HEAD_TIMEOUT_MS = 60_000;

export interface Answer {
  readonly status: number;
  readonly body: Record<string, unknown>;
}

export interface Classification {
  readonly predictions: readonly { label: string; name: string; score: number }[];
  readonly unknown: boolean;
  readonly headVersion: number;
  readonly backboneId: string;
  readonly receipt: string;
}

/** Accuracy over all photos, and the share of each class that was recognised. */
export interface Score {
  readonly accuracy: number;
  readonly recall: Readonly<Record<string, number>>;
}

export async function request(
  server: DevServer,
  path: string,
  init: RequestInit = {},
  asAdmin = false,
): Promise<Answer> {
  const headers = new Headers(init.headers);
  if (asAdmin) headers.set("authorization", `Bearer ${server.adminToken}`);
  const response = await fetch(new URL(path, server.url), { ...init, headers });
  const text = await response.text();
  return { status: response.status, body: text === "" ? {} : JSON.parse(text) };
}

export function jsonBody(value: unknown): RequestInit {
  return { method: "POST", body: JSON.stringify(value), headers: { "content-type": "application/json" } };
}

/** Adds the photos' classes where they are missing, then the photos. Throws when one of them is refused. */
export async function teach(server: DevServer, photos: readonly LabelledPhoto[]): Promise<void> {
  for (const [label, group] of Map.groupBy(photos, (photo) => photo.label)) {
    await request(server, "/v1/admin/classes", jsonBody({ name: label, id: label }), true);
    for (let start = 0; start < group.length; start += PHOTOS_PER_REQUEST) {
      const form = new FormData();
      for (const { file, bytes } of group.slice(start, start + PHOTOS_PER_REQUEST)) {
        form.append("image", new File([bytes], file));
      }
      const path = `/v1/admin/classes/${label}/examples`;
      const { status, body } = await request(server, path, { method: "POST", body: form }, true);
      if (status !== 200 || body.refused !== 0)
        throw new Error(`photos of ${label} were refused: ${JSON.stringify(body)}`);
    }
  }
}

/** One scheduled run; resolves when the head that it published answers. Throws when that takes over 10 s. */
export async function trainByCron(server: DevServer, probe: LabelledPhoto): Promise<number> {
  const before = await liveVersion(server);
  await server.runCron();
  const version = await liveVersion(server);
  if (version === null || version === before) {
    const { body } = await request(server, "/v1/admin/training-runs", {}, true);
    throw new Error(`the scheduled run published no head: ${JSON.stringify(body)}`);
  }
  const deadline = Date.now() + NEW_HEAD_TIMEOUT_MS;
  while ((await classify(server, probe.bytes)).headVersion !== version) {
    if (Date.now() > deadline) throw new Error(`head ${version} is not served after ${NEW_HEAD_TIMEOUT_MS} ms`);
  }
  return version;
}

async function liveVersion(server: DevServer): Promise<number | null> {
  const { body } = await request(server, "/v1/admin/heads", {}, true);
  return typeof body.liveVersion === "number" ? body.liveVersion : null;
}

export async function classify(server: DevServer, bytes: Uint8Array<ArrayBuffer>): Promise<Classification> {
  const init = { method: "POST", body: bytes, headers: { "content-type": "image/jpeg" } };
  const { status, body } = await request(server, "/v1/classify", init);
  if (status !== 200) throw new Error(`classify answered ${status}: ${JSON.stringify(body)}`);
  return body as unknown as Classification; // a decoder: the routes' own tests hold this shape
}

/** Classifies every photo through the public interface and compares the first label. */
export async function score(server: DevServer, photos: readonly LabelledPhoto[]): Promise<Score> {
  const hits = new Map<string, boolean[]>();
  for (const photo of photos) {
    const answer = await classify(server, photo.bytes);
    const isHit = answer.predictions[0].label === photo.label;
    hits.set(photo.label, [...(hits.get(photo.label) ?? []), isHit]);
  }
  const recall = Object.fromEntries([...hits].map(([label, results]) => [label, share(results)]));
  return { accuracy: share([...hits.values()].flat()), recall };
}

function share(results: readonly boolean[]): number {
  return results.filter(Boolean).length / results.length;
}
