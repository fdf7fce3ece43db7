/**
 * `npm run build`: fills the folder of static assets that the Worker serves: the pages' scripts and styles, the active
 * backbone and its manifest. The Worker itself is bundled by wrangler. The folder is replaced in one step.
 */
import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { createNetwork } from "../src/backbone/network.ts";
import { ensureBackbone } from "./backbone/ensure-backbone.ts";
import { type PlacedBackbone, readPlacedBackbone, readText } from "./backbone/placed-backbone.ts";
import { findTextBackboneIn, type PlacedTextBackbone } from "./backbone/placed-text-backbone.ts";
import { findServiceManifest } from "./backbone/workers-ai-backbones.ts";
import { DOCS_HEADERS } from "./build-docs.ts";
import { ensurePages, PAGE_SOURCES } from "./build-pages.ts";
import { WIDGET_HEADERS } from "./build-widget.ts";
import { hashFiles } from "./dev/hash-files.ts";
import { makeFromSettled } from "./dev/settled-sources.ts";
import { compileKernels } from "./runtime/backbone-runtimes.ts";
import { buildMigrationList } from "./runtime/migration-list.ts";
import { buildOrtModule, ORT_MODULE_FILE } from "./runtime/ort-module.ts";
import { runAsCommand } from "./shared/command.ts";
import { ACTIVE_BACKBONE_DIR, ASSETS_DIR, PROJECT_ROOT } from "./shared/project-paths.ts";
import { replaceFile, replaceFolder } from "./shared/replace.ts";

/**
 * The backbone's files are named by a hash, so they may be kept for ever; everything else is asked for again (answered 304). What embeds on a
 * device is for every site: its page asks the API under CORS anyway.
 */
const HEADERS = `/*
  X-Content-Type-Options: nosniff
  Referrer-Policy: no-referrer
  Cache-Control: no-cache

/backbone/*
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin

/assets/*.wasm
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin

/backbone/*.onnx
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable
  Content-Type: application/octet-stream

/backbone/*.tokenizer.json
  ! Cache-Control
  Cache-Control: public, max-age=31536000, immutable
`;

/** Says from which state of these sources `dist/assets` was built. */
const ASSETS_KEY_FILE = `${ASSETS_DIR}.key`;
const ASSET_SOURCES = [
  ...PAGE_SOURCES,
  path.join(PROJECT_ROOT, "cli/build.ts"),
  path.join(ACTIVE_BACKBONE_DIR, "manifest.json"),
];

export interface AssetOptions {
  /** The folder to fill; replaced as a whole. */
  readonly outDir: string;
  /** Holds `backbone.onnx` and `manifest.json`, and `tokenizer.json` where it is one for texts. */
  readonly backboneDir: string;
}

/** Builds the assets, and what the Worker's bundle imports. When anything fails, the previous ones stay. */
export async function buildAssets({ outDir, backboneDir }: AssetOptions): Promise<void> {
  const text = await findTextBackboneIn(backboneDir);
  const service = await findServiceManifest(backboneDir);
  const readsTexts = text !== undefined || service !== undefined;
  await buildImportedFiles();
  await replaceFolder(outDir, async (draft) => {
    const copyBackbone = async () => {
      if (service !== undefined) return writeManifest(draft, service).then(() => false);
      return text === undefined ? copyPhotoBackbone(backboneDir, draft) : copyTextBackbone(text, draft);
    };
    await cp(await ensurePages(readsTexts), draft, { recursive: true });
    await mkdir(path.join(draft, "backbone"));
    const needsOrt = await copyBackbone();
    if (needsOrt) await copyFile(ORT_MODULE_FILE, path.join(draft, "assets", path.basename(ORT_MODULE_FILE)));
    await writeFile(path.join(draft, "_headers"), HEADERS + DOCS_HEADERS + WIDGET_HEADERS);
  });
}

/** Says whether the backbone needs ONNX Runtime. */
async function copyPhotoBackbone(backboneDir: string, draft: string): Promise<boolean> {
  const backbone = await readPlacedBackbone(backboneDir);
  await copyFile(backbone.file, path.join(draft, `backbone/${backbone.manifest.id}.onnx`));
  await writeManifest(draft, backbone.manifest);
  return !(await isKnownToKernels(backbone));
}

async function copyTextBackbone({ manifest, file, tokenizerFile }: PlacedTextBackbone, draft: string): Promise<true> {
  await copyFile(file, path.join(draft, `backbone/${manifest.id}.onnx`));
  await copyFile(tokenizerFile, path.join(draft, `backbone/${manifest.id}.tokenizer.json`));
  await writeManifest(draft, manifest);
  return true;
}

function writeManifest(draft: string, manifest: object): Promise<void> {
  return writeFile(path.join(draft, "backbone/manifest.json"), `${JSON.stringify(manifest, null, 2)}\n`);
}

/** Builds the assets of the checkout with the backbone in place, unless they are there as they would come out. Says whether it did. */
export function ensureAssets(): Promise<boolean> {
  return makeFromSettled(
    () => hashFiles(ASSET_SOURCES),
    async (key, confirm) => {
      const isFresh = async () => (await readText(ASSETS_KEY_FILE)) === key && existsSync(ASSETS_DIR);
      if (await isFresh()) return false;
      try {
        await rm(ASSETS_KEY_FILE, { force: true }); // what is there now is not known to be anything until it is all there
        await buildAssets({ outDir: ASSETS_DIR, backboneDir: ACTIVE_BACKBONE_DIR });
        await confirm();
        await replaceFile(ASSETS_KEY_FILE, key);
      } catch (cause) {
        if (!(await isFresh())) throw cause; // otherwise another process was faster
      }
      return true;
    },
  );
}

/** What the Worker's bundle imports beside its sources: ONNX Runtime and the list of migrations. */
export async function buildImportedFiles(): Promise<void> {
  await Promise.all([buildOrtModule(), buildMigrationList()]);
}

/** Whether devices can do without ONNX Runtime, whose 14 MB are then not deployed as an asset. */
async function isKnownToKernels({ file, manifest }: PlacedBackbone): Promise<boolean> {
  return createNetwork(await compileKernels(), await readFile(file), manifest).ok;
}

runAsCommand(import.meta.url, async () => {
  const { manifest } = await ensureBackbone();
  await buildImportedFiles();
  const backbone = `the backbone ${manifest.name} (${(manifest.bytes / 1e6).toFixed(1)} MB)`;
  console.log(
    (await ensureAssets()) ? `Built dist/assets with ${backbone}.` : `dist/assets is up to date, with ${backbone}.`,
  );
  return 0;
});
