/** Text backbones at Workers AI: nothing is downloaded, a manifest alone says which model is asked and what it answers. */
import { writeFile } from "node:fs/promises";
import path from "node:path";
import { type ServiceManifest, serviceManifestSchema } from "../../src/backbone/manifest.ts";
import { READING_VERSION } from "../../src/text/read-text.ts";
import { CommandError } from "../shared/command.ts";
import { replaceFolder } from "../shared/replace.ts";
import { sha256Of } from "./file-identity.ts";
import { readText } from "./placed-backbone.ts";
import { joinedBlocks } from "./text-blocks.ts";

const PREFIX = "workers-ai:";
const MANIFEST_FILE = "manifest.json";

type KnownModel = Omit<ServiceManifest, "modality" | "id" | "service" | "output"> & { readonly dimension: number };

/** As the documentation describes them. 4,000 characters stay below the tokens of each in any script. */
const MODELS: readonly KnownModel[] = [
  {
    name: `${PREFIX}bge-m3`,
    model: "@cf/baai/bge-m3",
    dimension: 1024,
    input: { maxCharacters: 4_000 },
    languages: ["mul"],
    licence: "MIT; use of the service under Cloudflare's terms",
    origin: "BAAI bge-m3 at Cloudflare Workers AI; texts are sent there",
  },
];

/** The names by which they are asked for. */
export const WORKERS_AI_NAMES: readonly string[] = MODELS.map(({ name }) => name);

/** True for what is to be looked for at Workers AI, known or not. */
export function isWorkersAiName(wanted: string): boolean {
  return wanted.startsWith(PREFIX);
}

/** Writes the manifest of this model into `folder`, which it replaces. Throws `CommandError` for a name that is not known. */
export async function useWorkersAi(wanted: string, folder: string, characters = 0): Promise<ServiceManifest> {
  const found = MODELS.find(({ name }) => name === wanted);
  if (found === undefined) {
    throw new CommandError(
      `There is no backbone ${wanted}. Of Workers AI these are known: ${WORKERS_AI_NAMES.join(", ")}.`,
    );
  }
  const { dimension, ...known } = found;
  const blocks = joinedBlocks(dimension, characters);
  const output = { dimension: blocks.reduce((sum, block) => sum + block.dimension, 0), blocks };
  const identity = JSON.stringify([known.model, known.input, blocks, READING_VERSION]);
  const manifest = serviceManifestSchema.parse({
    modality: "text",
    id: sha256Of(Buffer.from(identity)),
    service: "workers-ai",
    ...known,
    output,
  });
  await replaceFolder(folder, async (draft) => {
    await writeFile(path.join(draft, MANIFEST_FILE), `${JSON.stringify(manifest, null, 2)}\n`);
  });
  return manifest;
}

/** The manifest in `folder`, where it is one of a service; undefined where it is another or there is none. */
export async function findServiceManifest(folder: string): Promise<ServiceManifest | undefined> {
  const text = await readText(path.join(folder, MANIFEST_FILE));
  if (!text?.includes('"service"')) return undefined;
  const parsed = serviceManifestSchema.safeParse(JSON.parse(text));
  if (parsed.success) return parsed.data;
  throw new CommandError(
    `The manifest in ${folder} is not valid. Run \`npm run backbone -- use ${MODELS[0]?.name}\` again.`,
  );
}
