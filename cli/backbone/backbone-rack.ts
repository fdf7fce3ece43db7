/** The backbones of one kind, for photos or for texts: the one in place, and the ones that this checkout could put there. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ACTIVE_TEXT_BACKBONE_DIR } from "../shared/project-paths.ts";
import { type EnsureBackboneOptions, ensureBackbone, projectPlaces } from "./ensure-backbone.ts";
import { sha256Of } from "./file-identity.ts";
import { findBackboneSource, listModels } from "./find-source.ts";
import { backboneFolders, madeDir } from "./made-backbones.ts";
import { findPlacedBackbone } from "./placed-backbone.ts";
import { findPlacedTextBackbone } from "./placed-text-backbone.ts";
import { ensureTextBackbone, KNOWN_TEXT_BACKBONES, useTextBackbone } from "./text-backbones.ts";
import { useBackbone } from "./use-backbone.ts";
import { findServiceManifest } from "./workers-ai-backbones.ts";

/** What every manifest says. */
export interface InPlace {
  readonly id: string;
  readonly name: string;
  readonly licence: string;
  /** One at a model service has no bytes here. */
  readonly bytes?: number;
  readonly output: { readonly dimension: number };
}

/** As much of an id as people are shown. */
const SHORT_ID = 12;

export interface BackboneRack {
  /** Where the one in place is. */
  readonly dir: string;
  /** The one in place, after putting the default there when there is none. Throws `CommandError`. */
  ensure(): Promise<InPlace>;
  /** What `npm run backbone -- use` finds the one with this id by; undefined where it is not here. */
  nameOf(id: string): Promise<string | undefined>;
  /** Where one that is not here may be had, by what it was called if anybody knows: commands and sentences, a line each. */
  bringBy(id: string, name: string | null): string;
  /** Puts the one with this id in place where none is and this checkout has it with its manifest; then its name. */
  placeIfNone(id: string): Promise<string | undefined>;
  /** The command that embeds again by the backbone of this name, which is in place. */
  reembedBy(name: string): string;
}

/** Those for photos. */
export function photoRack(places: EnsureBackboneOptions = projectPlaces()): BackboneRack {
  return {
    dir: places.activeDir,
    ensure: async () => (await ensureBackbone(places)).manifest,
    async nameOf(id) {
      const file = await findFile(id, ...backboneFolders(places));
      return file === undefined ? undefined : path.basename(file, ".onnx");
    },
    bringBy: (id, name) =>
      `npm run backbone -- use ${name ?? `<the file or name of ${id.slice(0, SHORT_ID)}>`}\n` +
      "One that was made with --int8 is in models/made/ of the checkout that made it: copy that folder here, and run this again.\n" +
      "A Worker that answers by it has it too, at whatever address:\n" +
      `  npm run backbone -- use https://<address>/backbone/${id}.onnx`,
    async placeIfNone(id) {
      if ((await findPlacedBackbone(places.activeDir)) !== undefined) return undefined;
      const file = await findFile(id, places.modelsDir, madeDir(places));
      // Without a manifest beside it nobody knows how its photos are prepared.
      if (file === undefined || (await findBackboneSource(file, places)).manifest === undefined) return undefined;
      return (await useBackbone(file, places)).manifest.name;
    },
    reembedBy: () => "npx headstart reembed <folder of the photos>",
  };
}

/** Those for texts, in place in `dir`. */
export function textRack(dir = ACTIVE_TEXT_BACKBONE_DIR): BackboneRack {
  return {
    dir,
    ensure: async () => (await ensureTextBackbone(dir)).manifest,
    nameOf: findTextBackbone,
    bringBy: (id, name) => `npm run backbone -- use ${name ?? `<the folder or name of ${id.slice(0, SHORT_ID)}>`}`,
    async placeIfNone(id) {
      const isThere = (await findServiceManifest(dir)) ?? (await findPlacedTextBackbone(dir));
      const name = isThere === undefined ? await findTextBackbone(id) : undefined;
      return name === undefined ? undefined : (await useTextBackbone(name, dir)).manifest.name;
    },
    reembedBy: (name) => `npx headstart reembed <list of the texts> --backbone ${name}`,
  };
}

async function findFile(id: string, ...folders: readonly string[]): Promise<string | undefined> {
  for (const folder of folders) {
    for (const file of await listModels(folder)) if (sha256Of(await readFile(file)) === id) return file;
  }
  return undefined;
}

/** Its id is known once it is made, with the usual loudness of the characters. */
async function findTextBackbone(id: string): Promise<string | undefined> {
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-backbone-"));
  try {
    for (const { name } of KNOWN_TEXT_BACKBONES) {
      const { manifest } = await useTextBackbone(name, path.join(folder, name));
      if (manifest.id === id) return name;
    }
    return undefined;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
