/**
 * The order of the folders in `src`, said once: what each may import. `npm run fix` writes Biome's rules of it, and the
 * lint refuses every other arrow.
 */

/** What stands in `src`, as an import names it: Biome sees the path alone, so no folder within one may be called like another (`findHomonyms`). */
const PLACES = {
  shared: "**/shared/**",
  head: "**/head/**",
  image: "**/image/**",
  text: "**/text/**",
  teacher: "**/teacher/**",
  webhooks: "**/webhooks/**",
  backbone: "**/backbone/**",
  store: "**/store/**",
  training: "**/training/**",
  services: "**/services.ts",
  operations: "**/operations/**",
  application: "**/application/**",
  http: "**/http/**",
  jobs: "**/jobs/**",
  web: "**/web/**",
  config: "**/config.ts",
} as const;

/** Libraries that one or two folders hold on to, so that the others do not depend on them. */
const LIBRARIES = ["hono", "preact", "drizzle-orm", "onnxruntime-web", "@jsquash", "jpeg-js", "zod"] as const;

type Place = keyof typeof PLACES;
type Library = (typeof LIBRARIES)[number];

interface Layer {
  /** The files that it speaks of. */
  readonly files: readonly string[];
  readonly may: readonly (Place | Library)[];
}

const PURE: readonly Place[] = ["shared", "head", "image", "text"];

/** By the name that a refusal calls it. A layer may import itself. */
export const LAYERS: Readonly<Record<string, Layer>> = {
  "src/shared": { files: ["src/shared/**"], may: ["shared"] },
  "src/head": { files: ["src/head/**"], may: ["shared", "head"] },
  "src/image": { files: ["src/image/**"], may: ["shared", "image", "@jsquash", "jpeg-js"] },
  "src/text": { files: ["src/text/**"], may: ["shared", "text"] },
  "src/teacher": { files: ["src/teacher/**"], may: ["shared", "teacher", "zod"] },
  "src/backbone": { files: ["src/backbone/**"], may: [...PURE, "backbone", "onnxruntime-web", "zod"] },
  "src/store": { files: ["src/store/**"], may: ["shared", "head", "store", "drizzle-orm"] },
  "src/training": { files: ["src/training/**"], may: [...PURE, "backbone", "store", "training"] },
  "src/webhooks": { files: ["src/webhooks/**"], may: ["shared", "store", "webhooks"] },
  "src/operations": { files: ["src/operations/**"], may: ["shared", "head", "image", "store", "operations", "zod"] },
  "src/application": {
    files: ["src/application/**"],
    may: [...PURE, "store", "training", "services", "config", "operations", "application"],
  },
  "src/jobs": {
    files: ["src/jobs/**"],
    may: [...PURE, "teacher", "webhooks", "backbone", "store", "training", "services", "config", "jobs"],
  },
  "src/http": {
    files: ["src/http/**"],
    may: [
      ...[...PURE, "teacher", "webhooks", "backbone", "store", "training", "services", "config", "operations"],
      ...["application", "web", "http"],
      ...["hono", "zod"],
    ] as const,
  },
  "src/web": { files: ["src/web/**"], may: ["shared", "text", "operations", "web", "hono", "preact"] },
  "src/web/client/on-device*.ts": {
    files: ["", "-ort", "-text"].map((kind) => `src/web/client/on-device${kind}.ts`),
    may: [...PURE, "backbone", "web", "hono", "jpeg-js"],
  },
};

/** The folders of `src`, from there on, that are called like a place and are none: whatever they import or hold would be taken for the place. */
export function findHomonyms(folders: readonly string[]): string[] {
  const places = new Set(Object.values(PLACES).map((pattern) => pattern.split("/")[1]));
  return folders.filter((folder) => {
    const [name, ...above] = folder.split("/").reverse();
    return above.length > 0 && places.has(name);
  });
}

/** Biome's configuration of these layers. A later override wins over an earlier one for the same file. */
export function describeLayers() {
  return {
    overrides: Object.entries(LAYERS).map(([name, { files, may }]) => ({
      includes: files,
      linter: { rules: { style: { noRestrictedImports: refuse(name, may) } } },
    })),
  };
}

function refuse(name: string, may: Layer["may"]) {
  const allowed = new Set<string>(may);
  const places = Object.entries(PLACES).flatMap(([place, pattern]) => (allowed.has(place) ? [] : [pattern]));
  const libraries = LIBRARIES.flatMap((library) => (allowed.has(library) ? [] : [library, `${library}/**`]));
  const message = `${name} must not depend on this: see the order in docs/architecture.md.`;
  return { level: "error", options: { patterns: [{ group: [...places, ...libraries], message }] } };
}
