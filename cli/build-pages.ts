/**
 * All of the static assets that is not the backbone: scripts and styles of the pages, the documentation and the widget. Made
 * once for each state of the sources and kept in `dist/pages`, since every backbone of photos comes with the same, as does every one of texts.
 */
import { copyFile, cp, mkdir, readdir } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { type BuildOptions, build, type Plugin } from "esbuild";
import { LANGUAGES } from "../src/web/texts/languages.ts";
import { buildDocs } from "./build-docs.ts";
import { buildWidget } from "./build-widget.ts";
import { hashFiles } from "./dev/hash-files.ts";
import { keepFolder } from "./dev/kept-folder.ts";
import { makeFromSettled } from "./dev/settled-sources.ts";
import {
  EXAMPLE_MAILBOX_FILE,
  EXAMPLE_MENU_DIR,
  PAGES_DIR,
  PROJECT_ROOT,
  TEXTS_DIR,
  WEB_CLIENT_DIR,
} from "./shared/project-paths.ts";
import { isMissing } from "./shared/replace.ts";

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
  ["example-menu.ts", "example-mailbox.ts"],
  ["no-copy.ts", "no-text-copy.ts"],
] as const;
const FOR_PHOTOS = [["text-drop.tsx", "no-text-drop.ts"]] as const;

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
        const filter = new RegExp(`/${module.replace(".", "\\.")}$`);
        onResolve({ filter }, () => ({ path: path.join(WEB_CLIENT_DIR, other) }));
      }
    },
  };
}

/** What the pages are made from; installed packages count by the lock file. */
export const PAGE_SOURCES: readonly string[] = [
  ...["src", "cli/build-pages.ts", "cli/build-docs.ts", "cli/build-widget.ts", "package-lock.json"].map((name) =>
    path.join(PROJECT_ROOT, name),
  ),
  EXAMPLE_MAILBOX_FILE,
];

/** The folder with the pages of a deployment that reads texts, or photos; makes it where there is none. Nobody may change it. */
export async function ensurePages(readsTexts: boolean): Promise<string> {
  const { folder } = await makeFromSettled(
    async () => `${readsTexts ? "texts" : "photos"}-${await hashFiles(PAGE_SOURCES)}`,
    (key, confirm) =>
      keepFolder(PAGES_DIR, key, async (draft) => {
        await buildPages(draft, readsTexts);
        await confirm();
      }),
  );
  return folder;
}

async function buildPages(draft: string, readsTexts: boolean): Promise<void> {
  await mkdir(path.join(draft, "assets"));
  await buildClient(path.join(draft, "assets"), readsTexts);
  await buildDocs(draft);
  await buildWidget(draft);
  if (!readsTexts) await cp(EXAMPLE_MENU_DIR, path.join(draft, "assets/example-menu"), { recursive: true });
  else await copyFile(EXAMPLE_MAILBOX_FILE, path.join(draft, "assets/example-mailbox.tsv"));
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
