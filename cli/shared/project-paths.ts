/** Where things lie in a checkout. The only place that knows; nothing here touches the disk. */
import path from "node:path";

/** The repository root, absolute. */
export const PROJECT_ROOT = path.resolve(import.meta.dirname, "../..");

/** Backbones that the project carries: `NAME.onnx` with `NAME.json` (its manifest) beside it. */
export const MODELS_DIR = path.join(PROJECT_ROOT, "models");

/** The backbone in place: `backbone.onnx` and `manifest.json`. Not committed. */
export const ACTIVE_BACKBONE_DIR = path.join(MODELS_DIR, "active");

/** The text backbone in place, beside the one for photos: `backbone.onnx`, `tokenizer.json`, `manifest.json`. Not committed. */
export const ACTIVE_TEXT_BACKBONE_DIR = path.join(MODELS_DIR, "active-text");

/** What wrangler serves and uploads as static assets. Not committed. */
export const ASSETS_DIR = path.join(PROJECT_ROOT, "dist/assets");

/** The same for the environment `text` of wrangler.toml. Not committed. */
export const TEXT_ASSETS_DIR = path.join(PROJECT_ROOT, "dist/assets-text");

/** The Worker's bundles for local use, one a state of the sources. Not committed. */
export const WORKER_BUNDLES_DIR = path.join(PROJECT_ROOT, "dist/workers");

/** All of the assets but the backbone, one folder a state of the sources. Not committed. */
export const PAGES_DIR = path.join(PROJECT_ROOT, "dist/pages");

/** What benchmarks keep from one run to the next. Not committed. */
export const BENCH_DIR = path.join(PROJECT_ROOT, "dist/bench");

export const MIGRATIONS_DIR = path.join(PROJECT_ROOT, "migrations");

/** The pages' scripts, style sheets and icons, before bundling. */
export const WEB_CLIENT_DIR = path.join(PROJECT_ROOT, "src/web/client");
/** The texts that an empty kitchen offers to start with where texts are read. */
export const EXAMPLE_MAILBOX_FILE = path.join(PROJECT_ROOT, "examples/mailbox.tsv");
/** The drawings that it offers where photos are. */
export const EXAMPLE_MENU_DIR = path.join(PROJECT_ROOT, "src/web/example-menu");
export const TEXTS_DIR = path.join(PROJECT_ROOT, "src/web/texts");

export const WRANGLER_CONFIG = path.join(PROJECT_ROOT, "wrangler.toml");

/** Local secrets, read by wrangler dev. Not committed. */
export const DEV_VARS_FILE = path.join(PROJECT_ROOT, ".dev.vars");

/** Local D1 and other state of wrangler dev. Not committed. */
export const LOCAL_STATE_DIR = path.join(PROJECT_ROOT, ".wrangler/state");

/** The same of `npm start -- --text`, with its secrets. Not committed. */
export const LOCAL_TEXT_DIR = path.join(PROJECT_ROOT, ".wrangler/text");

/** Notes of `npm start`, one a port: see `cli/dev/served-ports.ts`. Not committed. */
export const SERVED_PORTS_DIR = path.join(PROJECT_ROOT, ".wrangler/served");

/** Data shared between checkouts on one machine; optional. `HEADSTART_SHARED` overrides it. */
export function sharedDir(env: NodeJS.ProcessEnv): string {
  return env.HEADSTART_SHARED ?? path.join(PROJECT_ROOT, "../shared");
}
