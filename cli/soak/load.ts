/** What guests and staff do to a shop all evening: eight at once, without a pause. Counts answers and how long they took. */
import { BIG_PHOTO_KINDS, makeBigPhotos } from "../bench/big-photos.ts";
import type { DevServer } from "../dev-server.ts";

const DIFFERENT_PHOTOS = 3;
/** As the form shrinks them, and as a program sends them. */
const SMALL_PIXELS = 60_000;
const LARGE_PIXELS = 800_000;
const ITEMS = ["pepperoni", "hawaiian", "margherita"];

export interface Load {
  /** Since the last call: answers by what was asked and status, and the ms of each. */
  takeFigures(): LoadFigures;
  /** Resolves when the last request has been answered. */
  stop(): Promise<void>;
}

export interface LoadFigures {
  readonly answers: Readonly<Record<string, number>>;
  readonly knownMs: readonly number[];
  readonly newMs: readonly number[];
}

type Photo = Uint8Array<ArrayBuffer>;

/** Puts three items on the menu of an empty deployment and trains. */
export async function teachMenu(server: DevServer): Promise<void> {
  const photos = await drawPhotos(SMALL_PIXELS);
  for (const [i, id] of ITEMS.entries()) {
    await send(server, "/v1/admin/classes", JSON.stringify({ name: id, id }), "application/json", server.adminToken);
    for (let n = 0; n < 4; n++) {
      const photo = withMark(photos[(i + n) % photos.length], 1_000 * i + n);
      await send(server, `/v1/admin/classes/${id}/examples`, photo, "image/jpeg", server.adminToken);
    }
  }
  await send(server, "/v1/admin/training-runs", "{}", "application/json", server.adminToken);
}

/** Starts `clients` of them, after each photo was asked about once: decoders keep the memory that their largest photo took. */
export async function startLoad(server: DevServer, clients: number): Promise<Load> {
  const [small, large] = await Promise.all([drawPhotos(SMALL_PIXELS), drawPhotos(LARGE_PIXELS)]);
  let isRunning = true;
  let sent = 10_000;
  let figures = noFigures();

  async function note(what: string, work: () => Promise<Response>): Promise<string> {
    const start = performance.now();
    const response = await work();
    const text = await response.text();
    const ms = performance.now() - start;
    const key = `${what} ${response.status}`;
    figures.answers[key] = (figures.answers[key] ?? 0) + 1;
    if (what === "known photo") figures.knownMs.push(ms);
    if (what === "new photo") figures.newMs.push(ms);
    return text;
  }

  /** In turn: a known photo, a new one, a correction of it, the menu; now and then a large photo, a broken one, a wrong key. */
  async function act(turn: number): Promise<void> {
    const known = small[turn % small.length];
    await note("known photo", () => send(server, "/v1/classify", known, "image/jpeg"));
    const photo = withMark(turn % 8 === 0 ? large[turn % large.length] : known, sent++);
    const answer = await note("new photo", () => send(server, "/v1/classify", photo, "image/jpeg"));
    const { receipt } = JSON.parse(answer);
    if (turn % 10 === 0 && receipt !== undefined) {
      const body = JSON.stringify({ receipt, label: ITEMS[turn % ITEMS.length] });
      await note("correction", () => send(server, "/v1/labels", body, "application/json"));
    }
    if (turn % 4 === 0) await note("menu", () => fetch(`${server.url}/v1/menu`));
    if (turn % 16 === 0) {
      await note("broken photo", () => send(server, "/v1/classify", photo.slice(0, photo.length >> 1), "image/jpeg"));
      await note("wrong key", () => send(server, "/v1/classify", known, "image/jpeg", `wrong ${turn}`));
    }
  }

  async function work(client: number): Promise<void> {
    for (let turn = client; isRunning; turn++) await act(turn);
  }
  for (const photo of [...large, ...small]) await send(server, "/v1/classify", photo, "image/jpeg");
  const all = Promise.all(Array.from({ length: clients }, (_, client) => work(client)));
  return {
    takeFigures() {
      const taken = figures;
      figures = noFigures();
      return taken;
    },
    async stop() {
      isRunning = false;
      await all;
    },
  };
}

function noFigures() {
  const answers: Record<string, number> = {};
  const [knownMs, newMs]: [number[], number[]] = [[], []];
  return { answers, knownMs, newMs };
}

async function drawPhotos(pixels: number): Promise<Photo[]> {
  const photos = await makeBigPhotos(() => pixels, DIFFERENT_PHOTOS);
  return BIG_PHOTO_KINDS.flatMap((kind) => [...(photos.get(kind) ?? [])]);
}

/** Another photo to whoever remembers photos: four bytes more behind the end of the picture. */
function withMark(photo: Photo, mark: number): Photo {
  const marked = new Uint8Array(photo.length + 4);
  marked.set(photo);
  new DataView(marked.buffer).setUint32(photo.length, mark);
  return marked;
}

function send({ url }: DevServer, path: string, body: string | Photo, type: string, key?: string): Promise<Response> {
  const authorization: Record<string, string> = key === undefined ? {} : { authorization: `Bearer ${key}` };
  return fetch(`${url}${path}`, { method: "POST", headers: { "content-type": type, ...authorization }, body });
}
