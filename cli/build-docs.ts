/** The API's documentation among the static assets: the OpenAPI document, its viewer, and the page of problems. */
import { execFile } from "node:child_process";
import { copyFile, mkdir, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import path from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import { PROJECT_ROOT } from "./shared/project-paths.ts";

const VIEWER_FILES = ["swagger-ui-bundle.js", "swagger-ui.css"];
const MAX_DOCS_BYTES = 16 * 1024 * 1024;

/**
 * Headers of the documentation's pages, for the assets' `_headers` file. The viewer sets styles on elements; nothing else is
 * looser than on the Worker's own pages.
 */
export const DOCS_HEADERS = `
/docs*
  Content-Security-Policy: default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'
`;

/** Writes `openapi.json`, `docs.html`, `docs/problems.html` and the viewer below `outDir`. */
export async function buildDocs(outDir: string): Promise<void> {
  await mkdir(path.join(outDir, "docs"), { recursive: true });
  for (const [name, text] of Object.entries(await printDocs())) await writeFile(path.join(outDir, name), text);
  await copyFile(path.join(PROJECT_ROOT, "src/web/docs.html"), path.join(outDir, "docs.html"));
  const viewer = path.dirname(createRequire(import.meta.url).resolve("swagger-ui-dist/package.json"));
  for (const name of VIEWER_FILES) await copyFile(path.join(viewer, name), path.join(outDir, "assets", name));
}

async function printDocs(): Promise<Record<string, string>> {
  const program = path.join(PROJECT_ROOT, "src/http/openapi/print.ts");
  const { stdout } = await promisify(execFile)(process.execPath, [program], { maxBuffer: MAX_DOCS_BYTES });
  return z.record(z.string(), z.string()).parse(JSON.parse(stdout));
}
