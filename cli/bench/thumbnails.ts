/** `npm run bench -- thumbnails`: are the thumbnails that a deployment may keep photos enough to embed? Learns from them, and is judged on photos. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { Command } from "commander";
import { cosineOf } from "../../src/head/near-duplicates.ts";
import { decodePhoto } from "../../src/image/photo.ts";
import { shrinkUpright, THUMBNAIL_SIDE_PIXELS } from "../../src/image/thumbnail.ts";
import { createPictureEncoder } from "../../src/image/webp-encoder.ts";
import { ok } from "../../src/shared/result.ts";
import { MAX_PICTURE_BYTES } from "../../src/store/picture-limits.ts";
import { projectPlaces } from "../backbone/ensure-backbone.ts";
import { useBackbone } from "../backbone/use-backbone.ts";
import { embedFolder } from "../evaluate/embed-folder.ts";
import type { PhotoReader } from "../evaluate/embed-photos.ts";
import { evaluateMenu } from "../evaluate/evaluate-menu.ts";
import { createNodeDecoder, createNodeEmbedder } from "../evaluate/node-embedder.ts";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { sharedDir } from "../shared/project-paths.ts";
import { LIMITS } from "./embed-menus.ts";
import { inFolder } from "./placed-backbones.ts";

const SETS = ["pizza-menu", "food101-13"];
const BACKBONES = ["headstart-128", "mobilenetv2-1.0-224-fp32-backbone"];

/** Of one set and backbone: how far thumbnails lie from their photos, and what a head is worth that was taught either. */
interface ThumbnailFigures {
  readonly set: string;
  readonly backbone: string;
  readonly photos: number;
  readonly meanCosine: number;
  readonly worstCosine: number;
  readonly tested: number;
  readonly taughtPhotos: number;
  readonly taughtThumbnails: number;
}

export function createThumbnailsBench(): Command {
  return new Command("thumbnails")
    .description("accuracy on photos of heads taught photos, and taught the thumbnails of them")
    .option("--json", "print one JSON object")
    .action(async ({ json }: { readonly json?: boolean }) => {
      const rows: ThumbnailFigures[] = [];
      for (const backbone of BACKBONES) for (const set of SETS) rows.push(await measure(set, backbone));
      console.log(json ? JSON.stringify({ rows }) : describe(rows));
    });
}

function measure(set: string, backbone: string): Promise<ThumbnailFigures> {
  const root = path.join(sharedDir(process.env), "data/images", set);
  return inFolder(async (folder) => {
    const placed = await useBackbone(backbone, { ...projectPlaces(), activeDir: path.join(folder, "active") });
    const reader = { embedder: createNodeEmbedder(placed), decode: await createNodeDecoder(), limits: LIMITS };
    const read = async (part: string, by: PhotoReader) =>
      (await embedFolder(path.join(root, part), { ...by, seed: 0 })).rows;
    const [photos, thumbnails, test] = [
      await read("train", reader),
      await read("train", await ofThumbnails(reader)),
      await read("test", reader),
    ];
    const cosines = photos.map(({ embedding }, i) => cosineOf(embedding, thumbnails[i].embedding));
    const options = { ...{ priorExponent: 0, unknownAlpha: 0.05 }, kernels: loadHeadKernels() };
    const { dimension } = placed.manifest.output;
    const accuracyOf = (rows: typeof photos) => evaluateMenu(rows, test, { ...options, dimension }).accuracy;
    return {
      ...{ set, backbone: placed.manifest.name, photos: photos.length, tested: test.length },
      meanCosine: cosines.reduce((sum, value) => sum + value, 0) / cosines.length,
      worstCosine: Math.min(...cosines),
      taughtPhotos: accuracyOf(photos),
      taughtThumbnails: accuracyOf(thumbnails),
    };
  });
}

/** Reads of each photo what the Worker would keep of it. */
async function ofThumbnails(reader: PhotoReader): Promise<PhotoReader> {
  const wasm = createRequire(import.meta.url).resolve("@jsquash/webp/codec/enc/webp_enc_simd.wasm");
  const encode = createPictureEncoder(await WebAssembly.compile(new Uint8Array(await readFile(wasm))));
  return {
    ...reader,
    decode: async (header) => {
      const image = await reader.decode(header);
      if (!image.ok) return image;
      const webp = await encode(shrinkUpright(image.value, 1, THUMBNAIL_SIDE_PIXELS), MAX_PICTURE_BYTES);
      const small = await decodePhoto(webp, reader.limits, reader.decode, undefined);
      return small.ok ? ok(small.value.image) : small;
    },
  };
}

function describe(rows: readonly ThumbnailFigures[]): string {
  const heading = [
    "| set | backbone | cosine of thumbnail and photo: mean, least | photos tested | taught photos | taught thumbnails |",
    "|---|---|--:|--:|--:|--:|",
  ];
  return [...heading, ...rows.map(describeRow)].join("\n");
}

function describeRow({ set, backbone, tested, ...row }: ThumbnailFigures): string {
  const cosines = `${row.meanCosine.toFixed(3)}, ${row.worstCosine.toFixed(3)}`;
  const accuracies = [row.taughtPhotos, row.taughtThumbnails].map((value) => value.toFixed(3));
  return `| ${[set, backbone, cosines, tested, ...accuracies].join(" | ")} |`;
}
