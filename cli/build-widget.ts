/** The widget among the static assets: `<headstart-classify>` for pages of other sites, in one file with all that it needs. */
import { createHash } from "node:crypto";
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { build, transform } from "esbuild";
import { PROJECT_ROOT, WEB_CLIENT_DIR } from "./shared/project-paths.ts";

/** Of the pages where the widget says the same, and its own last. */
const STYLES = ["controls.css", "answer.css", "widget/widget.css"];
const HASH_LETTERS = 12;

/**
 * Headers of the widget, for the assets' `_headers` file. Modules of another origin are loaded with CORS. Under its own name it is asked
 * for again after an hour; under the name with its hash it never changes.
 */
export const WIDGET_HEADERS = `
/widget*.js
  ! Cache-Control
  Access-Control-Allow-Origin: *
  Cross-Origin-Resource-Policy: cross-origin

/widget.js
  Cache-Control: public, max-age=3600, stale-while-revalidate=604800

/widget-*.js
  Cache-Control: public, max-age=31536000, immutable
`;

/** Writes `widget.js`, the same under the name with its hash, and the page that shows it, below `outDir`. */
export async function buildWidget(outDir: string): Promise<void> {
  const script = await bundleWidget();
  const hash = createHash("sha256").update(script).digest("hex").slice(0, HASH_LETTERS);
  await writeFile(path.join(outDir, "widget.js"), script);
  await writeFile(path.join(outDir, `widget-${hash}.js`), script);
  const page = await readFile(path.join(PROJECT_ROOT, "src/web/widget.html"), "utf8");
  await writeFile(path.join(outDir, "docs/widget.html"), page.replaceAll("widget-HASH.js", `widget-${hash}.js`));
}

/** The module, minified: UTF-8. */
export async function bundleWidget(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: [path.join(WEB_CLIENT_DIR, "widget/headstart-classify.ts")],
    bundle: true,
    format: "esm",
    target: "es2022",
    minify: true,
    charset: "utf8",
    write: false,
    define: { WIDGET_STYLE: JSON.stringify(await readStyles()) },
    logLevel: "warning",
  });
  return outputFiles[0].contents;
}

async function readStyles(): Promise<string> {
  const sheets = STYLES.map((name) => readFile(path.join(WEB_CLIENT_DIR, name), "utf8"));
  const { code } = await transform((await Promise.all(sheets)).join("\n"), { loader: "css", minify: true });
  return code.trim();
}
