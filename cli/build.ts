/**
 * `npm run build`: fills the folder of static assets that the Worker serves: the pages' scripts and styles, the active
 * backbone and its manifest. The Worker itself is bundled by wrangler. The folder is replaced in one step.
 */
import { existsSync } from "node:fs";
import { copyFile, cp, mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { createNetwork } from "../src/backbone/network.ts";
import { LANGUAGES } from "../src/web/texts/languages.ts";
import { ensureBackbone } from "./backbone/ensure-backbone.ts";
import { type PlacedBackbone, readPlacedBackbone, readText } from "./backbone/placed-backbone.ts";
import { findTextBackboneIn, type PlacedTextBackbone } from "./backbone/placed-text-backbone.ts";
import { findServiceManifest } from "./backbone/workers-ai-backbones.ts";
import { buildDocs, DOCS_HEADERS } from "./build-docs.ts";
import { buildWidget, WIDGET_HEADERS } from "./build-widget.ts";
import { hashFiles } from "./dev/hash-files.ts";
import { compileKernels } from "./runtime/backbone-runtimes.ts";
import { buildMigrationList } from "./runtime/migration-list.ts";
import { buildOrtModule, ORT_MODULE_FILE } from "./runtime/ort-module.ts";
import { runAsCommand } from "./shared/command.ts";
import {
  ACTIVE_BACKBONE_DIR,
  ASSETS_DIR,
  EXAMPLE_MAILBOX_FILE,
  EXAMPLE_MENU_DIR,
  PROJECT_ROOT,
  TEXTS_DIR,
  WEB_CLIENT_DIR,
} from "./shared/project-paths.ts";
import { isMissing, replaceFile, replaceFolder } from "./shared/replace.ts";

/** Scripts that pages load; the other files in the folder are their modules. */
const ENTRY_POINTS = ["docs.ts"];
/** What embeds on a guest's device, by what is read. */
const DEVICE_ENTRY_POINTS = { photos: ["on-device.ts", "on-device-ort.ts"], texts: ["on-device-text.ts"] };
/** Of the kitchen: one for each place, and one for its door. */
const KITCHEN_ENTRY_POINTS = [
  ...["admin", "admin-menu", "admin-item", "admin-look", "admin-map", "admin-versions", "admin-settings", "admin-door"],
];
/**
 * Made once for each language, which takes the place of English in them. The kitchen's come in parts, for what few ever open; what
 * two places need is in both, because a file that is asked for costs more than the bytes it saves.
 */
const TRANSLATED_ENTRY_POINTS = [
  { name: "form", splitting: false },
  { name: "write", splitting: false },
  ...KITCHEN_ENTRY_POINTS.map((name) => ({ name, splitting: true })),
];
const COPIED_FILES = /\.(css|svg|png|webmanifest)$/;

const BUNDLING = {
  bundle: true,
  format: "esm",
  target: "es2022",
  minify: true,
  // Scripts of modules are UTF-8 everywhere; escaped, a Cyrillic letter takes six bytes.
  charset: "utf8",
  sourcemap: false,
  logLevel: "warning",
} satisfies BuildOptions;

/** What `on-device.ts` compiles in the browser: the files that the Worker's bundle has as modules. */
const DEVICE_WASM = [
  path.join(PROJECT_ROOT, "src/backbone/kernels/fused-backbone-kernels.wasm"),
  path.join(PROJECT_ROOT, "src/backbone/kernels/backbone-kernels.wasm"), // for browsers without relaxed SIMD
  path.join(PROJECT_ROOT, "src/image/kernels/jpeg-decoder.wasm"),
  ...["@jsquash/png/codec/pkg/squoosh_png_bg.wasm", "@jsquash/webp/codec/dec/webp_dec.wasm"].map((file) =>
    createRequire(import.meta.url).resolve(file),
  ),
];

/** Leaves `import("./on-device.ts")` and the like imports of the file beside: most guests never load those. */
const LOAD_ON_DEMAND: Plugin = {
  name: "load-on-demand",
  setup({ onResolve }) {
    onResolve({ filter: /\/on-device(-ort|-text)?\.ts$/ }, ({ kind, path: imported }) => {
      return kind === "dynamic-import" ? { path: imported.replace(/\.ts$/, ".js"), external: true } : undefined;
    });
  },
};

/** Modules of the kitchen that have another in their place where texts are read, and where photos are. */
const FOR_TEXTS = [
  ["example-menu", "example-mailbox"],
  ["held-copy", "held-text"],
] as const;
const FOR_PHOTOS = [["text-drop", "no-text-drop"]] as const;

/** Puts the texts of a language in place of `page-texts.ts` and `kitchen-texts.ts`; those of `write` speak of texts, and the kitchen's, with its example, where the deployment does. */
function speakAs(tag: string, name: string, readsTexts: boolean): Plugin {
  const ofKitchen = path.join(TEXTS_DIR, "kitchen", readsTexts ? "for-texts" : "", `${tag}.ts`);
  const ofPage = path.join(TEXTS_DIR, name === "write" ? "for-texts" : "", `${tag}.ts`);
  return {
    name: "speak-as",
    setup({ onResolve }) {
      // Texts only say something: a file of them that a script reads nothing of is left out.
      onResolve({ filter: /^\.{1,2}\/.*\.ts$/ }, ({ importer, path: imported }) =>
        importer.startsWith(TEXTS_DIR)
          ? { path: path.resolve(path.dirname(importer), imported), sideEffects: false }
          : undefined,
      );
      onResolve({ filter: /\/(page|writing)-texts\.ts$/ }, () => ({ path: ofPage }));
      onResolve({ filter: /\/kitchen-texts\.ts$/ }, () => ({ path: ofKitchen }));
      for (const [module, other] of readsTexts ? FOR_TEXTS : FOR_PHOTOS) {
        const filter = new RegExp(`/${module}\\.ts$`);
        onResolve({ filter }, () => ({ path: path.join(WEB_CLIENT_DIR, `${other}.ts`) }));
      }
    },
  };
}

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
  ...["src", "cli/build.ts", "cli/build-docs.ts", "cli/build-widget.ts", "package-lock.json"].map((name) =>
    path.join(PROJECT_ROOT, name),
  ),
  EXAMPLE_MAILBOX_FILE,
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
    await mkdir(path.join(draft, "backbone"));
    await mkdir(path.join(draft, "assets"));
    const needsOrt = await copyBackbone();
    await buildClient(path.join(draft, "assets"), readsTexts);
    await buildDocs(draft);
    await buildWidget(draft);
    if (needsOrt) await copyFile(ORT_MODULE_FILE, path.join(draft, "assets", path.basename(ORT_MODULE_FILE)));
    if (!readsTexts) await cp(EXAMPLE_MENU_DIR, path.join(draft, "assets/example-menu"), { recursive: true });
    else await copyFile(EXAMPLE_MAILBOX_FILE, path.join(draft, "assets/example-mailbox.tsv"));
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
export async function ensureAssets(): Promise<boolean> {
  const key = await hashFiles(ASSET_SOURCES);
  const isFresh = async () => (await readText(ASSETS_KEY_FILE)) === key && existsSync(ASSETS_DIR);
  if (await isFresh()) return false;
  try {
    await rm(ASSETS_KEY_FILE, { force: true }); // what is there now is not known to be anything until it is all there
    await buildAssets({ outDir: ASSETS_DIR, backboneDir: ACTIVE_BACKBONE_DIR });
    await replaceFile(ASSETS_KEY_FILE, key);
  } catch (cause) {
    if (!(await isFresh())) throw cause; // otherwise another process was faster
  }
  return true;
}

/** What the Worker's bundle imports beside its sources: ONNX Runtime and the list of migrations. */
export async function buildImportedFiles(): Promise<void> {
  await Promise.all([buildOrtModule(), buildMigrationList()]);
}

/** Whether devices can do without ONNX Runtime, whose 14 MB are then not deployed as an asset. */
async function isKnownToKernels({ file, manifest }: PlacedBackbone): Promise<boolean> {
  return createNetwork(await compileKernels(), await readFile(file), manifest).ok;
}

async function buildClient(outDir: string, readsTexts: boolean): Promise<void> {
  const files = await listFiles(WEB_CLIENT_DIR);
  const inClient = (name: string) => path.join(WEB_CLIENT_DIR, name);
  await build({
    ...BUNDLING,
    entryPoints: [...ENTRY_POINTS, ...DEVICE_ENTRY_POINTS[readsTexts ? "texts" : "photos"]].map(inClient),
    outdir: outDir,
    plugins: [LOAD_ON_DEMAND],
  });
  for (const { tag } of LANGUAGES) {
    for (const { name, splitting } of TRANSLATED_ENTRY_POINTS) {
      await build({
        ...BUNDLING,
        entryPoints: [{ in: inClient(`${name}.ts`), out: `${name}-${tag}` }],
        outdir: outDir,
        splitting,
        chunkNames: `${name}-${tag}-[name]-[hash]`,
        plugins: [LOAD_ON_DEMAND, speakAs(tag, name, readsTexts)],
      });
    }
  }
  for (const file of readsTexts ? [] : DEVICE_WASM) await copyFile(file, path.join(outDir, path.basename(file)));
  for (const name of files.filter((file) => COPIED_FILES.test(file))) {
    await copyFile(inClient(name), path.join(outDir, name));
  }
}

async function listFiles(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (cause) {
    if (isMissing(cause)) return [];
    throw cause;
  }
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
