/** `npm run bench -- kept-pictures`: can a head learn from the pictures that a deployment keeps? Judges it on photos. */
import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { Command } from "commander";
import { cosineOf } from "../../src/head/near-duplicates.ts";
import { ORIGINAL, type PictureSize, THUMBNAIL } from "../../src/http/modality/picture-size.ts";
import { decodePhoto } from "../../src/image/photo.ts";
import { shrinkUpright } from "../../src/image/small-copy.ts";
import { createPictureEncoder } from "../../src/image/webp-encoder.ts";
import { ok } from "../../src/shared/result.ts";
import { projectPlaces } from "../backbone/ensure-backbone.ts";
import { useBackbone } from "../backbone/use-backbone.ts";
import { embedFolder } from "../evaluate/embed-folder.ts";
import type { PhotoReader } from "../evaluate/embed-photos.ts";
import { evaluateMenu } from "../evaluate/evaluate-menu.ts";
import { createNodeDecoder, createNodeEmbedder, OWN_PHOTO_LIMITS } from "../evaluate/node-embedder.ts";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { sharedDir } from "../shared/project-paths.ts";
import { inFolder } from "./placed-backbones.ts";

const SETS = ["pizza-menu", "food101-13"];
const BACKBONES = ["headstart-128", "mobilenetv2-1.0-224-fp32-backbone"];

const SIZES = { thumbnails: THUMBNAIL, originals: ORIGINAL };

/** Of one set, backbone and kind of kept picture: how far these lie from the photos, and how well a head taught by them answers. */
interface KeptFigures {
  readonly set: string;
  readonly backbone: string;
  readonly taught: string;
  readonly photos: number;
  readonly meanCosine: number;
  readonly worstCosine: number;
  readonly leaveOneOut: number | null;
  readonly tested: number;
  readonly accuracy: number;
}

export function createKeptPicturesBench(): Command {
  return new Command("kept-pictures")
    .description(
      "accuracy on photos of heads taught photos, and taught the thumbnails and originals that are kept of them",
    )
    .option("--json", "print one JSON object")
    .action(async ({ json }: { readonly json?: boolean }) => {
      const rows: KeptFigures[] = [];
      for (const backbone of BACKBONES) for (const set of SETS) rows.push(...(await measure(set, backbone)));
      console.log(json ? JSON.stringify({ rows }) : describe(rows));
    });
}

function measure(set: string, backbone: string): Promise<KeptFigures[]> {
  const root = path.join(sharedDir(process.env), "data/images", set);
  return inFolder(async (folder) => {
    const placed = await useBackbone(backbone, { ...projectPlaces(), activeDir: path.join(folder, "active") });
    const reader = {
      embedder: createNodeEmbedder(placed),
      decode: await createNodeDecoder(),
      limits: OWN_PHOTO_LIMITS,
    };
    const read = async (part: string, by: PhotoReader) =>
      (await embedFolder(path.join(root, part), { ...by, seed: 0 })).rows;
    const [photos, test] = [await read("train", reader), await read("test", reader)];
    const options = { priorExponent: 0, unknownAlpha: 0.05, kernels: loadHeadKernels() };
    const { dimension } = placed.manifest.output;
    const judge = (taught: string, rows: typeof photos): KeptFigures => {
      const cosines = photos.map(({ embedding }, i) => cosineOf(embedding, rows[i].embedding));
      const { accuracy, leaveOneOutAccuracy } = evaluateMenu(rows, test, { ...options, dimension });
      return {
        set,
        backbone: placed.manifest.name,
        taught,
        photos: photos.length,
        tested: test.length,
        accuracy,
        meanCosine: cosines.reduce((sum, value) => sum + value, 0) / cosines.length,
        worstCosine: Math.min(...cosines),
        leaveOneOut: leaveOneOutAccuracy,
      };
    };
    const figures = [judge("photos", photos)];
    for (const [kept, size] of Object.entries(SIZES))
      figures.push(judge(kept, await read("train", await ofKept(reader, size))));
    return figures;
  });
}

/** Reads of each photo what the Worker would keep of it. */
async function ofKept(reader: PhotoReader, { side, maxBytes, quality }: PictureSize): Promise<PhotoReader> {
  const wasm = createRequire(import.meta.url).resolve("@jsquash/webp/codec/enc/webp_enc_simd.wasm");
  const encode = createPictureEncoder(await WebAssembly.compile(new Uint8Array(await readFile(wasm))));
  return {
    ...reader,
    decode: async (header) => {
      const image = await reader.decode(header);
      if (!image.ok) return image;
      const webp = await encode(shrinkUpright(image.value, 1, side), maxBytes, quality);
      const small = await decodePhoto(webp, reader.limits, reader.decode, undefined);
      return small.ok ? ok(small.value.image) : small;
    },
  };
}

function describe(rows: readonly KeptFigures[]): string {
  const heading = [
    "| set | backbone | taught | cosine to the photos: mean, least | left out one by one | photos tested | accuracy on photos |",
    "|---|---|---|--:|--:|--:|--:|",
  ];
  return [...heading, ...rows.map(describeRow)].join("\n");
}

function describeRow({ set, backbone, taught, tested, ...row }: KeptFigures): string {
  const cosines = `${row.meanCosine.toFixed(3)}, ${row.worstCosine.toFixed(3)}`;
  const leftOut = row.leaveOneOut?.toFixed(3) ?? "";
  return `| ${[set, backbone, taught, cosines, leftOut, tested, row.accuracy.toFixed(3)].join(" | ")} |`;
}
