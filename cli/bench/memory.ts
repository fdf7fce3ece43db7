/** `npm run bench -- memory`: how much an isolate holds while eight clients send big photos at once. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { projectPlaces } from "../backbone/ensure-backbone.ts";
import { listModels } from "../backbone/find-source.ts";
import { useBackbone } from "../backbone/use-backbone.ts";
import { buildAssets } from "../build.ts";
import { startDevServer } from "../dev-server.ts";
import { CommandError } from "../shared/command.ts";
import { WRANGLER_CONFIG } from "../shared/project-paths.ts";
import { BIG_PHOTO_KINDS, type BigPhotoKind, makeBigPhotos } from "./big-photos.ts";
import { type DirectWorker, startDirectWorker } from "./direct-worker.ts";
import { connectInspector, type Inspector, type IsolateMemory } from "./inspector.ts";
import { totalOf, watchIsolate } from "./isolate-memory.ts";
import { createQuestion } from "./photo-question.ts";

const PIXELS = 2_000_000;
/** The limit for codings that weigh three times a JPEG, at the default of MAX_IMAGE_PIXELS. */
const HEAVY_PIXELS = 1_000_000;
/** Their files are so large that more at once are refused, see "over capacity". */
const HEAVY_CLIENTS = 2;
const CLIENTS = 8;
const PHOTOS_PER_CLIENT = 6;
const DIFFERENT_PHOTOS = 3;
const BACKBONES = ["headstart-128", "mobilenetv2-1.0-224-fp32-backbone"];

export interface MemoryFigures {
  readonly backbone: string;
  /** "start", "first photo", or what the clients sent. They follow one another in one isolate. */
  readonly phase: string;
  /** The sample with the largest total. */
  readonly peak: IsolateMemory;
  readonly samples: number;
  /** Answers by status. */
  readonly answers: Readonly<Record<number, number>>;
}

export function createMemoryBench(): Command {
  return new Command("memory")
    .description(`peak memory of the isolate while ${CLIENTS} clients send ${PIXELS / 1e6}-megapixel photos`)
    .option("--backbone <name>", "only this one")
    .option("--json", "print one JSON object")
    .action(async ({ backbone, json }: { backbone?: string; json?: boolean }) => {
      const photos = await makeBigPhotos(pixelsOf, DIFFERENT_PHOTOS);
      const figures: MemoryFigures[] = [];
      const names = backbone === undefined ? BACKBONES : [backbone];
      for (const file of await findBackbones(names)) figures.push(...(await measureBackbone(file, photos)));
      console.log(json ? JSON.stringify({ memory: figures }, null, 2) : describeMemory(figures));
    });
}

function pixelsOf(kind: BigPhotoKind): number {
  return isHeavy(kind) ? HEAVY_PIXELS : PIXELS;
}

function isHeavy(kind: BigPhotoKind): boolean {
  return kind === "PNG" || kind === "lossless WebP";
}

async function findBackbones(names: readonly string[]): Promise<string[]> {
  const places = projectPlaces();
  const files = [...(await listModels(places.modelsDir)), ...(await listModels(places.sharedBackbonesDir))];
  const found = names.flatMap((name) => files.filter((file) => path.basename(file, ".onnx") === name).slice(0, 1));
  if (found.length === 0) throw new CommandError("There is no backbone to measure.");
  return found;
}

type Photos = Awaited<ReturnType<typeof makeBigPhotos>>;

async function measureBackbone(file: string, photos: Photos): Promise<MemoryFigures[]> {
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-memory-"));
  const activeDir = path.join(folder, "backbone");
  const { manifest } = await useBackbone(file, { ...projectPlaces(), activeDir });
  const dataDir = path.join(folder, "data");
  await makeDatabase(dataDir, activeDir);
  const assetsDir = path.join(folder, "assets");
  await buildAssets({ outDir: assetsDir, backboneDir: activeDir });
  const worker = await startDirectWorker({ configFile: WRANGLER_CONFIG, dataDir, assetsDir });
  try {
    const inspector = await connectInspector(worker.inspectorUrl);
    const send = await createSender(worker);
    const watch = async (phase: string, work: () => Promise<number[]>) => ({
      backbone: manifest.name,
      phase,
      ...(await watchMemory(inspector, work)),
    });
    const [first] = photos.get("JPEG") ?? [];
    if (first === undefined) throw new Error("no photo was drawn");
    const figures = [await watch("start", async () => []), await watch("first photo", async () => [await send(first)])];
    // Before the others, which leave decoders and garbage behind that are none of its own.
    const ask = await createQuestion(worker, photos.get("JPEG") ?? []);
    figures.push(await watch("16 x JPEG in one question", ask));
    for (const kind of BIG_PHOTO_KINDS) {
      const clients = isHeavy(kind) ? HEAVY_CLIENTS : CLIENTS;
      figures.push(await watch(`${clients} x ${kind}`, () => sendTogether(send, photos, [kind], clients)));
    }
    figures.push(await watch("2 x all in turn", () => sendTogether(send, photos, BIG_PHOTO_KINDS, HEAVY_CLIENTS)));
    figures.push(await watch("over capacity: 16 x PNG", () => sendTogether(send, photos, ["PNG"], 2 * CLIENTS)));
    inspector.close();
    return figures;
  } finally {
    await worker.stop();
    await rm(folder, { recursive: true, force: true });
  }
}

async function makeDatabase(dataDir: string, backboneDir: string): Promise<void> {
  const server = await startDevServer({ dataDir, backboneDir, quiet: true });
  await server.stop();
}

type SendPhoto = (photo: Uint8Array<ArrayBuffer>) => Promise<number>;

/** Adds photos to an item: the whole way of a photo, without the need of a head. */
async function createSender({ url, adminToken }: DirectWorker): Promise<SendPhoto> {
  const headers = { authorization: `Bearer ${adminToken}` };
  const body = JSON.stringify({ name: "Pizza", id: "pizza" });
  const json = { ...headers, "content-type": "application/json" };
  const created = await fetch(`${url}/v1/admin/classes`, { method: "POST", headers: json, body });
  if (created.status !== 201) throw new Error(`the menu item could not be made: ${created.status}`);
  let sent = 0;
  return async function sendPhoto(photo) {
    const init = { method: "POST", headers, body: withMark(photo, sent++) };
    const response = await fetch(`${url}/v1/admin/classes/pizza/examples`, init);
    await response.arrayBuffer();
    return response.status;
  };
}

/** A photo that no cache knows: four bytes more behind the end of the picture. */
function withMark(photo: Uint8Array<ArrayBuffer>, mark: number): Uint8Array<ArrayBuffer> {
  const marked = new Uint8Array(photo.length + 4);
  marked.set(photo);
  new DataView(marked.buffer).setUint32(photo.length, mark);
  return marked;
}

async function sendTogether(
  send: SendPhoto,
  photos: Photos,
  kinds: readonly BigPhotoKind[],
  clients: number,
): Promise<number[]> {
  const statuses: number[] = [];
  await Promise.all(
    Array.from({ length: clients }, async (_, client) => {
      for (let i = 0; i < PHOTOS_PER_CLIENT; i++) {
        const kind = kinds[(client + i) % kinds.length] ?? "JPEG";
        const photo = photos.get(kind)?.[(client + i) % DIFFERENT_PHOTOS];
        if (photo !== undefined) statuses.push(await send(photo));
      }
    }),
  );
  return statuses;
}

async function watchMemory(inspector: Inspector, work: () => Promise<number[]>) {
  const { value: statuses, samples } = await watchIsolate(inspector, work);
  const peak = samples.reduce((most, sample) => (totalOf(sample) > totalOf(most) ? sample : most));
  const answers: Record<number, number> = {};
  for (const status of statuses) answers[status] = (answers[status] ?? 0) + 1;
  return { peak, samples: samples.length, answers };
}

function describeMemory(figures: readonly MemoryFigures[]): string {
  const mb = (bytes: number) => (bytes / 1e6).toFixed(1);
  const rows = figures.map(({ backbone, phase, peak, samples, answers }) => [
    ...[backbone, phase, mb(peak.heapBytes), mb(peak.bufferBytes), mb(peak.wasmBytes), mb(totalOf(peak))],
    ...[
      String(samples),
      Object.entries(answers)
        .map(([status, count]) => `${count} x ${status}`)
        .join(", "),
    ],
  ]);
  const head = ["backbone", "photos", "JS heap, MB", "array buffers", "wasm", "peak", "samples", "answers"];
  const lines = [head, head.map((_, i) => (i < 2 || i === 7 ? "---" : "---:")), ...rows];
  return lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n");
}
