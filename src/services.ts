/**
 * Wires the parts to a deployment's bindings. Only reader of `Env` beside `config.ts`. Services live as long as the
 * isolate and hold nothing of a single request.
 */
import pngWasm from "@jsquash/png/codec/pkg/squoosh_png_bg.wasm?module";
import webpWasm from "@jsquash/webp/codec/dec/webp_dec.wasm";
import webpEncoderWasm from "@jsquash/webp/codec/enc/webp_enc_simd.wasm";
import migrationList from "../dist/runtime/migrations.txt";
import backboneKernelsWasm from "./backbone/kernels/fused-backbone-kernels.wasm";
import {
  type ActiveBackbone,
  createBackboneLoader,
  createFileReader,
  type ReadBackboneFile,
} from "./backbone/loader.ts";
import { createRecentEmbeddings, type RecentEmbeddings } from "./backbone/recent-embeddings.ts";
import { createServiceCall } from "./backbone/workers-ai.ts";
import { type Config, ConfigError, keepsOriginals, keepsPictures, parseConfig } from "./config.ts";
import headKernelsWasm from "./head/kernels/head-kernels.wasm";
import { createWasmKernels } from "./head/kernels/wasm-kernels.ts";
import { createImageDecoder, type DecodeImage } from "./image/decode.ts";
import { createShrinker } from "./image/images-binding.ts";
import jpegWasm from "./image/kernels/jpeg-decoder.wasm";
import resampleKernelWasm from "./image/kernels/resample-kernel.wasm";
import { createSimdResample } from "./image/kernels/simd-resample.ts";
import type { ShrinkPhoto } from "./image/photo.ts";
import type { Resample } from "./image/resample.ts";
import { createPictureEncoder, type EncodePicture } from "./image/webp-encoder.ts";
import { findAiBinding } from "./shared/ai-binding.ts";
import {
  type BurstBucket,
  createBurstBucket,
  createSourceBuckets,
  GUEST_BURST,
  KEY_BURST,
  SITE_BURST,
  type SourceBuckets,
  WRONG_SECRET_BURST,
  WRONG_SECRET_SITE_BURST,
} from "./shared/bursts.ts";
import { type Every, every } from "./shared/every.ts";
import { createRoom, type EnterRoom, PHOTO_ROOM, TEXT_ROOM } from "./shared/room.ts";
import { createSignInCodes, type SignInCodes } from "./shared/sign-in-code.ts";
import { createTokenVerifier, type VerifyToken } from "./shared/siteverify.ts";
import { createTurns, type TakeTurn } from "./shared/turns.ts";
import { createKeyCache, type KeyCache } from "./store/access/key-cache.ts";
import { createUsageCounter, type UsageCounter } from "./store/access/usage-counter.ts";
import { type AnswerCounter, createAnswerCounter } from "./store/answers/answer-days.ts";
import { createPointWriter, type WriteAnswerPoint } from "./store/answers/answer-points.ts";
import { type BackupReport, makeBackup } from "./store/backups/make-backup.ts";
import { findBucket } from "./store/buckets.ts";
import { type Database, openDatabase, openMeteredDatabase } from "./store/database.ts";
import {
  createHeadCache,
  createPinnedHeadCache,
  HEAD_CACHE_TTL_MS,
  type ReadPinnedHead,
  type ReadServedHead,
} from "./store/heads/head-cache.ts";
import { createPoolBuffer, type PoolBuffer } from "./store/pool/pooled-samples.ts";
import { createChatTeacher } from "./teacher/chat-completions.ts";
import type { AskTeacher } from "./teacher/teacher.ts";
import { createWorkersAiTeacher } from "./teacher/workers-ai-teacher.ts";
import { acceptAgreedCorrections } from "./training/auto-accept.ts";
import type { RunRequest } from "./training/context.ts";
import { createExplainer, createMetricFinder, type ExplainAnswer } from "./training/explain.ts";
import { createMapDrawer, type DrawMenuMap } from "./training/map.ts";
import { measurePlaces } from "./training/places.ts";
import { RUN_LIMITS } from "./training/policy.ts";
import { type RunReport, runTraining } from "./training/run.ts";
import { readSlots, runBoth } from "./training/second-backbone.ts";
import { openWordReader } from "./training/word-reader.ts";
import { createWebhookSender, type SendWebhook } from "./webhooks/send.ts";

/** How often who may ask. The bindings are there where the deployment has them; buckets and counter always. */
interface RequestLimits {
  readonly guestBursts: SourceBuckets;
  readonly keyBursts: BurstBucket;
  readonly wrongSecrets: SourceBuckets;
  readonly usage: UsageCounter;
  readonly bindings: Partial<Pick<Env, "GUEST_BURSTS" | "SITE_BURSTS" | "KEY_BURSTS">>;
}

/** Where backups lie, and how one is made. */
interface Backups {
  readonly bucket: R2Bucket;
  /** With `isForced` even if today's is there. */
  readonly make: (wish: { readonly isForced: boolean }) => Promise<BackupReport>;
}

/** What handlers and jobs are given, one object per isolate. */
export interface Services {
  readonly config: Config;
  readonly db: Database;
  /** Names of the migrations that the database must have, in their order. */
  readonly migrations: readonly string[];
  /** Room for what requests bring: for photos and other long bodies, and for short texts. */
  readonly bodyRooms: { readonly photos: EnterRoom; readonly texts: EnterRoom };
  /** One photo at a time is decoded and embedded. */
  readonly takePhotoTurn: TakeTurn;
  readonly decodeImage: DecodeImage;
  readonly resample: Resample;
  /** Makes the pictures that are kept, where the deployment keeps any. */
  readonly encodePicture: EncodePicture;
  /** Makes photos above the pixel limit smaller, where the deployment has an Images binding. */
  readonly shrinkPhoto: ShrinkPhoto | undefined;
  /** The active backbone; reads its manifest on first use, its weights on the first photo. */
  readonly loadEmbedder: () => Promise<ActiveBackbone>;
  /** Its files as they are, for those who take them elsewhere. */
  readonly readBackboneFile: ReadBackboneFile;
  readonly recentEmbeddings: RecentEmbeddings;
  readonly readServedHead: ReadServedHead;
  readonly readPinnedHead: ReadPinnedHead;
  readonly keyCache: KeyCache;
  /** Codes of links that `npm start` printed. */
  readonly signInCodes: SignInCodes;
  readonly requestLimits: RequestLimits;
  /** Judges guests' Turnstile tokens, where the deployment asks for them. */
  readonly verifyToken: VerifyToken | undefined;
  readonly answerCounter: AnswerCounter;
  /** Gathers what the head was unsure of, where the deployment keeps that. */
  readonly poolBuffer: PoolBuffer;
  /** The large model that is asked about the pool, and its name; where the operator has one. */
  readonly teacher: { readonly model: string; readonly ask: AskTeacher } | undefined;
  /** Calls the receivers of webhooks. */
  readonly sendWebhook: SendWebhook;
  /** Records single answers, where the deployment has a dataset for them. */
  readonly writeAnswerPoint: WriteAnswerPoint | undefined;
  /** When this isolate made its services, Unix ms. */
  readonly startedAt: number;
  /** Accepts what the optional rule accepts, absorbs new labels and publishes a head if that changes anything; then measures places. */
  readonly train: (request: RunRequest) => Promise<RunReport>;
  /** The bucket of originals, also where none are kept any more; undefined where there is none. */
  readonly originals: R2Bucket | undefined;
  /** Copies of everything in a bucket; undefined where the deployment has none. */
  readonly backups: Backups | undefined;
  /** Finds the labelled photos behind an answer. */
  readonly explainAnswer: ExplainAnswer;
  /** Lays the examples of a version out in two dimensions. */
  readonly drawMenuMap: DrawMenuMap;
  /** Unix time in ms. */
  readonly clock: () => number;
  readonly every: Every;
}

/** One name a line, as `npm run build` found them. */
const migrations = migrationList.split("\n").filter((name) => name !== "");

/** The decoders' wasm instances: one of each per isolate. */
const decodeImage = createImageDecoder({ jpeg: jpegWasm, png: pngWasm, webp: webpWasm });

/** Imported by the first photo whose backbone our kernels do not know: every start would pay for compiling its 14 MB. */
const loadOrt = () => import("../dist/runtime/ort-private-memory.wasm").then((module) => module.default);

/** Its memory is used again by the next photo. */
const resample = createSimdResample(resampleKernelWasm);

/** 16 MB of memory from the first picture on. */
const encodePicture = createPictureEncoder(webpEncoderWasm);

const clock = () => Date.now();

const bodyRooms = {
  photos: createRoom({ ...PHOTO_ROOM, clock, every }),
  texts: createRoom({ ...TEXT_ROOM, clock, every }),
};
const takePhotoTurn = createTurns({ clock, every });

/** One instance: a fit takes its memory at its start and gives it back at its end, without a pause in between. */
const kernels = createWasmKernels(headKernelsWasm);

/** At about 1.5 KB each with 1,280 numbers, well under a megabyte. */
const RECENT_PHOTOS = 256;

let current: { env: Env; services: Services } | undefined;

/** Returns the services of this deployment. Throws `ConfigError` naming the variable that is wrong. */
export function getServices(env: Env): Services {
  if (current?.env !== env) current = { env, services: createServices(env) };
  return current.services;
}

function createRequestLimits(bindings: RequestLimits["bindings"]): RequestLimits {
  return {
    guestBursts: createSourceBuckets({ network: GUEST_BURST, site: SITE_BURST }),
    keyBursts: createBurstBucket(KEY_BURST),
    wrongSecrets: createSourceBuckets({ network: WRONG_SECRET_BURST, site: WRONG_SECRET_SITE_BURST }),
    usage: createUsageCounter(),
    bindings,
  };
}

/** The global `fetch` must be called as a function of nobody. */
const callOut = (url: string, init: RequestInit) => fetch(url, init);

function createServices(env: Env): Services {
  const config = parseConfig(env);
  const readAsset = async (path: string) => {
    const response = await env.ASSETS.fetch(new URL(path, "https://assets.local"));
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : null;
  };
  const db = openDatabase(env.DB);
  const findMetric = createMetricFinder(kernels, createTurns({ clock, every }));
  const loadEmbedder = createBackboneLoader(
    readAsset,
    { kernels: backboneKernelsWasm, loadOrt },
    createServiceCall(env),
  );
  const readServedHead = createHeadCache(HEAD_CACHE_TTL_MS, async () => (await loadEmbedder()).manifest.id);
  return {
    config,
    db,
    migrations,
    bodyRooms,
    takePhotoTurn,
    decodeImage,
    resample,
    encodePicture,
    shrinkPhoto: createShrinker(env),
    loadEmbedder,
    readBackboneFile: createFileReader(readAsset),
    recentEmbeddings: createRecentEmbeddings(RECENT_PHOTOS),
    readServedHead,
    readPinnedHead: createPinnedHeadCache(),
    keyCache: createKeyCache(),
    signInCodes: createSignInCodes(config.signInSecret),
    requestLimits: createRequestLimits(env),
    verifyToken: config.turnstile === null ? undefined : createTokenVerifier({ ...config.turnstile, fetch: callOut }),
    answerCounter: createAnswerCounter(),
    poolBuffer: createPoolBuffer(),
    teacher: createTeacher(env, config),
    sendWebhook: createWebhookSender({ mayBeLocal: config.webhooksMayBeLocal, fetch: callOut }),
    writeAnswerPoint: createPointWriter(env),
    startedAt: Date.now(),
    train: async (request) => {
      const active = await loadEmbedder();
      const { id: backboneId, output } = active.manifest;
      const backbone = { backboneId, dimension: output.dimension, words: openWordReader(active) };
      const metered = openMeteredDatabase(env.DB);
      const limits = RUN_LIMITS;
      const now = Date.now();
      const rule = { ...config.autoAccept, keepsPictures: keepsPictures(config) };
      const slots = await readSlots(db);
      // -- what this Worker's backbone says of corrections is not yet, or no longer, of the examples' kind
      if (slots === null || slots.home === backboneId)
        await acceptAgreedCorrections(db, () => readServedHead(db, now), rule, now);
      const context = { ...metered, ...backbone, ...config, limits, kernels, clock: Date.now };
      const report = await (slots === null ? runTraining(context, request) : runBoth(context, request, slots));
      await measurePlaces({ ...metered, ...backbone, ...config, kernels });
      return report;
    },
    originals: requireOriginals(env, config),
    backups: createBackups(env, { db, config, loadEmbedder }),
    explainAnswer: createExplainer(findMetric),
    drawMenuMap: createMapDrawer(kernels, findMetric),
    clock,
    every,
  };
}

function requireOriginals(env: Env, config: Config): R2Bucket | undefined {
  const bucket = findBucket(env, "PICTURES");
  if (bucket !== undefined || !keepsOriginals(config)) return bucket;
  throw new ConfigError("KEEP_PICTURES is originals, and there is no bucket PICTURES to keep them in.");
}

function createBackups(
  env: Env,
  { db, config, loadEmbedder }: Pick<Services, "db" | "config" | "loadEmbedder">,
): Backups | undefined {
  const bucket = findBucket(env, "BACKUPS");
  if (bucket === undefined) return undefined;
  const findContent = async () => {
    const { manifest, modality } = await loadEmbedder();
    const backbone = { backboneId: manifest.id, dimension: manifest.output.dimension };
    return { backbone, withPreviews: modality === "image" };
  };
  const make: Backups["make"] = async (wish) => {
    const report = await makeBackup({ db, bucket, findContent, kept: config.backups, clock }, wish);
    if (report.outcome === "failed") console.error(JSON.stringify({ event: "backup_failed", reason: report.reason }));
    return report;
  };
  return { bucket, make };
}

function createTeacher(env: Env, { teacher }: Config): Services["teacher"] {
  if (teacher === null) return undefined;
  const { url, model, key } = teacher;
  if (url !== undefined) return { model, ask: createChatTeacher({ url, model, key, fetch: callOut }) };
  const ai = findAiBinding(env);
  if (ai !== undefined) return { model, ask: createWorkersAiTeacher(ai, model) };
  throw new ConfigError(
    "TEACHER_URL is missing, and there is no binding AI to Workers AI: the teacher cannot be asked.",
  );
}
