/**
 * `npm run build:client`: fills `examples/typed-client/dist`, what `@headstart/client` is published as: two entries, what they share, and with
 * `--types` their declarations. What embeds on a device and what shrinks photos is the page's own code, bundled in.
 */
import { execFile } from "node:child_process";
import { cp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { build } from "esbuild";
import { LIBRARY_VERSION } from "../tools/image/jpeg/recipe.ts";
import { runAsCommand } from "./shared/command.ts";
import { PROJECT_ROOT } from "./shared/project-paths.ts";
import { replaceFolder } from "./shared/replace.ts";

/** The package. */
export const CLIENT_DIR = path.join(PROJECT_ROOT, "examples/typed-client");
const DIST_DIR = path.join(CLIENT_DIR, "dist");
/** Of packages that bring no text of their licence with them. */
const LICENCES_DIR = path.join(PROJECT_ROOT, "tools/licences");
const JPEG_LICENCE_FILE = path.join(PROJECT_ROOT, "tools/image/jpeg/LICENSE.libjpeg-turbo.md");
/** Node's oldest that is looked after, and browsers of the same years. */
const TARGET = ["es2022"];

/** Writes the scripts into `outDir`; the declarations of before go with the folder. */
export async function buildClient(outDir = DIST_DIR): Promise<void> {
  await replaceFolder(outDir, async (draft) => {
    const { metafile } = await build({
      entryPoints: ["index.ts", "on-device.ts"].map((name) => path.join(CLIENT_DIR, "src", name)),
      bundle: true,
      splitting: true,
      format: "esm",
      platform: "neutral",
      target: TARGET,
      charset: "utf8",
      mainFields: ["module", "main"],
      external: ["openapi-fetch"],
      outdir: draft,
      chunkNames: "[name]-[hash]",
      minifySyntax: true,
      legalComments: "inline",
      metafile: true,
      logLevel: "warning",
    });
    await writeFile(path.join(draft, "THIRD-PARTY.txt"), await gatherLicences(Object.keys(metafile.inputs)));
  });
}

/** The licence of every package that a file was taken from, one after the other, and of the decoder that is no package. */
async function gatherLicences(files: readonly string[]): Promise<string> {
  const names = files.flatMap((file) => /node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1] ?? []);
  const texts = [...new Set(names)].sort().map(async (name) => {
    const folder = path.join(PROJECT_ROOT, "node_modules", name);
    const { version, license } = JSON.parse(await readFile(path.join(folder, "package.json"), "utf8"));
    const file = (await readdir(folder)).find((one) => /^licen[cs]e/i.test(one));
    const text = await readFile(
      file === undefined ? path.join(LICENCES_DIR, `${name}.txt`) : path.join(folder, file),
      "utf8",
    );
    return `${name} ${version}: ${license}\n\n${text.trim()}\n`;
  });
  const decodesJpegs = files.some((file) => file.endsWith("src/image/jpeg-decoder.ts"));
  if (decodesJpegs) texts.push(describeJpegLicence());
  return (await Promise.all(texts)).join(`\n${"-".repeat(72)}\n\n`);
}

/** The deployment brings the wasm; what is said of it belongs to whoever runs it. */
async function describeJpegLicence(): Promise<string> {
  const licence = await readFile(JPEG_LICENCE_FILE, "utf8");
  return (
    `libjpeg-turbo ${LIBRARY_VERSION}, which a deployment serves as jpeg-decoder.wasm: IJG AND BSD-3-Clause AND Zlib\n` +
    `This software is based in part on the work of the Independent JPEG Group.\n\n${licence.trim()}\n`
  );
}

/** Writes the declarations of the two entries beside them. Needs the package's own packages, and `src/api.ts` of `npm run types` there. */
async function declareClient(): Promise<void> {
  await promisify(execFile)("npm", ["run", "--silent", "declare"], { cwd: CLIENT_DIR });
  // The compiler lays out the whole repository; the entries' declarations need nothing else of it.
  const all = path.join(DIST_DIR, "declarations");
  const own = path.join(all, "examples/typed-client/src");
  for (const name of await readdir(own)) await cp(path.join(own, name), path.join(DIST_DIR, name));
  await rm(all, { recursive: true });
}

runAsCommand(import.meta.url, async () => {
  await buildClient();
  if (process.argv.includes("--types")) await declareClient();
  console.log("Built examples/typed-client/dist.");
  return 0;
});
