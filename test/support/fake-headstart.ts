/** A server that plays the admin part of docs/api.md in memory, for tests of the import. */
import { createHash } from "node:crypto";
import type { IncomingMessage } from "node:http";
import { makeItemId } from "../../src/shared/item-names.ts";
import { serveLocally } from "./local-server.ts";

export const FAKE_TOKEN = "fake-admin-token";

interface FakeClass {
  readonly id: string;
  readonly name: string;
  readonly archived: boolean;
  readonly aliases?: readonly string[];
  readonly mergedInto?: string | null | undefined;
}

export interface FakeHeadstart {
  readonly url: string;
  readonly classes: FakeClass[];
  /** Class ids by photo. */
  readonly labels: Map<string, string>;
  /** Photos that staff have forgotten. */
  readonly forgotten: Set<string>;
  /** Photos per upload request, in order. */
  readonly uploads: number[];
  /** What each of them was for; null where it did not say. */
  readonly purposes: (string | null)[];
  /** Statuses that the next requests are answered with instead; 0 breaks the connection. */
  readonly faults: number[];
}

export async function startFakeHeadstart(maxImageBytes = 1_000): Promise<FakeHeadstart> {
  const state: Omit<FakeHeadstart, "url"> = {
    classes: [],
    labels: new Map(),
    forgotten: new Set<string>(),
    uploads: [],
    purposes: [],
    faults: [],
  };
  const url = await serveLocally(async (request, response) => {
    const fault = state.faults.shift();
    if (fault === 0) return response.destroy();
    const { status, body } =
      fault === undefined ? await answer(state, maxImageBytes, request) : { status: fault, body: {} };
    response.writeHead(status, { "Content-Type": "application/json" }).end(JSON.stringify(body));
  });
  return { url, ...state };
}

async function answer(state: Omit<FakeHeadstart, "url">, maxImageBytes: number, request: IncomingMessage) {
  const { pathname: path, searchParams } = new URL(request.url ?? "/", "http://fake");
  if (path === "/v1/menu") return { status: 200, body: { items: [], limits: { maxImageBytes } } };
  if (request.headers.authorization !== `Bearer ${FAKE_TOKEN}`) return { status: 401, body: {} };
  const received = new Response(await readBody(request), {
    headers: { "Content-Type": request.headers["content-type"] ?? "" },
  });
  if (path === "/v1/admin/classes" && request.method === "GET")
    return {
      status: 200,
      body: { classes: state.classes.map((item) => ({ ...item, examples: countOf(state, item.id) })) },
    };
  if (path === "/v1/admin/classes") {
    const { name } = await received.json();
    if (name.startsWith("taken")) return { status: 409, body: { code: "class_exists", detail: `${name} is taken.` } };
    const item = { id: makeItemId(name, (id) => state.classes.some((one) => one.id === id)), name, archived: false };
    state.classes.push(item);
    return { status: 201, body: item };
  }
  if (request.method === "DELETE") {
    const id = decodeURIComponent(path.split("/")[4] ?? "");
    state.classes.splice(
      state.classes.findIndex((item) => item.id === id),
      1,
    );
    return { status: 200, body: { forgotten: { examples: 0, reviews: 0 } } };
  }
  if (path === "/v1/admin/examples/known") {
    const { photos } = await received.json();
    const known = photos.filter((photo: string) => state.labels.has(photo));
    const forgotten = photos.filter((photo: string) => state.forgotten.has(photo) && !state.labels.has(photo));
    const labels = known.map((photo: string) => ({ photo, label: state.labels.get(photo) }));
    return { status: 200, body: { known: labels, forgotten } };
  }
  const id = decodeURIComponent(path.split("/")[4] ?? "");
  const files = (await received.formData()).getAll("image");
  state.uploads.push(files.length);
  state.purposes.push(searchParams.get("purpose"));
  const results = await Promise.all(files.map((file) => (file instanceof File ? label(state, id, file) : null)));
  return { status: 200, body: { results } };
}

function countOf({ labels }: Omit<FakeHeadstart, "url">, id: string): number {
  return [...labels.values()].filter((label) => label === id).length;
}

async function label({ labels }: Omit<FakeHeadstart, "url">, id: string, file: File) {
  const bytes = new Uint8Array(await file.arrayBuffer());
  if (new TextDecoder().decode(bytes).startsWith("broken")) {
    return {
      file: file.name,
      photo: null,
      status: "refused",
      problem: { code: "image_broken", detail: "It is cut off." },
    };
  }
  const photo = createHash("sha256").update(bytes).digest("hex");
  const before = labels.get(photo);
  labels.set(photo, id);
  return {
    file: file.name,
    photo,
    status: before === undefined ? "stored" : before === id ? "duplicate" : "relabelled",
  };
}

async function readBody(request: IncomingMessage): Promise<Uint8Array<ArrayBuffer> | null> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return chunks.length === 0 ? null : new Uint8Array(Buffer.concat(chunks));
}
