/** `npm run backbone`: which frozen network turns photos into embeddings, and how to put another one in place. */
import { isDeepStrictEqual } from "node:util";
import { Command, InvalidArgumentError, Option } from "commander";
import type { BackboneManifest } from "../src/backbone/manifest.ts";
import { POOLINGS, type Pooling } from "../src/backbone/pool-tokens.ts";
import { FITS } from "../src/image/geometry.ts";
import { projectPlaces } from "./backbone/ensure-backbone.ts";
import { isMade, keepMade } from "./backbone/made-backbones.ts";
import { findPlacedBackbone } from "./backbone/placed-backbone.ts";
import { findPlacedTextBackbone } from "./backbone/placed-text-backbone.ts";
import { describePlaced, describePlacedText, describeService, listBackbones } from "./backbone/show-backbones.ts";
import { isTextBackbone, useTextBackbone } from "./backbone/text-backbones.ts";
import { type UseBackboneOptions, useBackbone } from "./backbone/use-backbone.ts";
import { findServiceManifest, isWorkersAiName, useWorkersAi } from "./backbone/workers-ai-backbones.ts";
import { CommandError, EXIT, runAsCommand } from "./shared/command.ts";
import { ACTIVE_TEXT_BACKBONE_DIR } from "./shared/project-paths.ts";

interface UseFlags extends Pick<UseBackboneOptions, "sha256" | "mean" | "std" | "licence" | "origin" | "cut" | "crop"> {
  readonly resize?: number;
  readonly int8?: string;
  readonly views?: boolean;
  readonly characters?: number;
  readonly pooling?: Pooling;
  readonly languages?: readonly string[];
}

async function useAny(wanted: string, flags: UseFlags): Promise<void> {
  const isText = isWorkersAiName(wanted) || (await isTextBackbone(wanted));
  const forPhotos = flags.int8 !== undefined ? "--int8" : flags.views ? "--views" : undefined;
  if (isText && forPhotos !== undefined) {
    throw new CommandError(`${forPhotos} is for backbones of photos, and ${wanted} reads texts.`, EXIT.usage);
  }
  if (!isText) return use(wanted, flags);
  if (isWorkersAiName(wanted)) return useService(wanted, flags);
  const { manifest, notes } = await useTextBackbone(wanted, ACTIVE_TEXT_BACKBONE_DIR, flags);
  for (const note of notes) console.log(note);
  console.log(`In place for texts, beside the backbone for photos:\n${describePlacedText(manifest)}`);
}

async function useService(wanted: string, { characters }: UseFlags): Promise<void> {
  const manifest = await useWorkersAi(wanted, ACTIVE_TEXT_BACKBONE_DIR, characters);
  console.log(`In place for texts, beside the backbone for photos:\n${describeService(manifest)}`);
  console.log(
    "\nEvery text that is read is sent to Cloudflare's model service. It takes the binding AI: uncomment [env.text.ai] in\n" +
      "wrangler.toml, then deploy with --env text. On this machine there is no such service, so `npm start -- --text` cannot read.",
  );
}

async function use(wanted: string, flags: UseFlags): Promise<void> {
  const places = projectPlaces();
  const before = await findPlacedBackbone(places.activeDir).catch(() => undefined); // a broken one may be replaced
  const wayBack = before === undefined ? "" : await keepMade(before, places);
  const placed = await useBackbone(wanted, { ...places, ...flags, resizeShortSide: flags.resize });
  for (const note of placed.notes) console.log(note);
  console.log(`In place now:\n${describePlaced(placed.manifest)}`);
  const kept = await keepMade(placed, places);
  if (isMade(placed.manifest)) {
    console.log(
      `\nA copy is in models/made/, as ${kept}: whatever it has taught needs these very bytes, so keep that folder.`,
    );
  }
  if (before !== undefined) warnOfChange(before.manifest, placed.manifest, wayBack);
}

function warnOfChange(before: BackboneManifest, now: BackboneManifest, wayBack: string): void {
  if (before.id !== now.id) {
    console.log(
      `\nThe backbone was ${before.name} before. Embeddings of two backbones do not fit together: a Worker whose labels\n` +
        "come from another one refuses to mix them. `headstart reembed <folder>` embeds the photos again, before you deploy;\n" +
        `where that is done, deploy, and \`headstart train\`. To go back: npm run backbone -- use ${wayBack}`,
    );
  } else if (!isDeepStrictEqual(before.input, now.input)) {
    console.log(
      "\nPhotos are prepared in another way now, which changes their embeddings; the backbone is the same, so a Worker\n" +
        `cannot see that labels were made with the former way and mixes them. ${FRESH_DATABASE}`,
    );
  }
}

/** Beyond this the encoder is not heard any more. */
const MAX_LOUDNESS = 4;

const FRESH_DATABASE =
  "The way out is a fresh database\n(locally: move .wrangler/state away; deployed: another database_name in wrangler.toml) " +
  "and\n`npx headstart import` of the photos.";

function parseTriple(text: string): [number, number, number] {
  const [r, g, b, ...rest] = text.split(",").map(Number);
  if (r === undefined || g === undefined || b === undefined || rest.length > 0 || ![r, g, b].every(Number.isFinite)) {
    throw new InvalidArgumentError("three numbers are needed: R,G,B in units of [0, 1].");
  }
  return [r, g, b];
}

function parseLoudness(text: string): number {
  const loudness = Number(text);
  if (!(loudness >= 0 && loudness <= MAX_LOUDNESS) || text.trim() === "") {
    throw new InvalidArgumentError(`a number from 0 (not at all) to ${MAX_LOUDNESS} is needed.`);
  }
  return loudness;
}

function parsePixels(text: string): number {
  const pixels = Number(text);
  if (!Number.isInteger(pixels) || pixels < 1) throw new InvalidArgumentError("a whole number of pixels is needed.");
  return pixels;
}

function createProgram(): Command {
  const program = new Command("backbone").description("Shows and changes the networks that embed photos and texts.");
  program
    .command("use")
    .description("verify a backbone and put it in place; nothing changes when it does not fit")
    .argument(
      "<source>",
      "an .onnx file, a folder with one (and a tokenizer.json: for texts), an https URL, or a name from `list`",
    )
    .option("--sha256 <hex>", "refuse the file when its SHA-256 is another one")
    .option("--mean <r,g,b>", "subtracted from pixels in [0, 1]", parseTriple)
    .option("--std <r,g,b>", "divides what is left", parseTriple)
    .option("--resize <pixels>", "the photo's short side before the centre crop", parsePixels)
    .addOption(new Option("--crop <fit>", "how a photo of any shape is fitted to the input").choices(FITS))
    .option(
      "--characters <loudness>",
      "for texts: letters beside the encoder's meaning, as `evaluate` found",
      parseLoudness,
    )
    .addOption(new Option("--pooling <how>", "for texts: how one vector comes of the tokens'").choices(POOLINGS))
    .option("--languages <tags>", "for texts: what the encoder reads, such as en,de", (tags: string) => tags.split(","))
    .option(
      "--int8 <photos>",
      "compute in eight bits, in .6 of the time; a folder of photos like yours shows the range of the numbers",
    )
    .option("--views", "look at every photo twice, as a whole and closer: more often right, in twice the time")
    .option("--licence <text>", "licence of the weights")
    .option("--origin <text>", "where they come from")
    .option("--cut", "cut off the last linear layer even where the model does not look like a classifier")
    .option("--no-cut", "use the model's output as it is")
    .action(useAny);
  program
    .command("list")
    .description("backbones found here, and known ones")
    .action(async () => console.log(await listBackbones(projectPlaces())));
  program
    .command("show")
    .description("the backbones in place, for photos and for texts")
    .action(async () => {
      const placed = await findPlacedBackbone(projectPlaces().activeDir);
      console.log(placed ? describePlaced(placed.manifest) : "None yet; `npm start` puts the default in place.");
      const text = await findPlacedTextBackbone(ACTIVE_TEXT_BACKBONE_DIR);
      const service = await findServiceManifest(ACTIVE_TEXT_BACKBONE_DIR);
      if (service !== undefined) console.log(`\nFor texts:\n${describeService(service)}`);
      if (text !== undefined) console.log(`\nFor texts:\n${describePlacedText(text.manifest)}`);
    });
  return program;
}

runAsCommand(import.meta.url, async () => {
  await createProgram().parseAsync();
  return 0;
});
