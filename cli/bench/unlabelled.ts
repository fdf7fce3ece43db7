/** `npm run bench -- unlabelled`: what unlabelled samples add to few labels: texts with descriptions, and photos through another camera. */

import { Command, Option } from "commander";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { describePlaceHeading, describePlaceRow, measurePlaces, type PlaceFigures } from "./camera/place-figures.ts";
import { eachPlaceSet } from "./camera/place-sets.ts";
import { BACKBONES, MENUS } from "./embed-menus.ts";
import { measureUnlabelled, type UnlabelledFigures } from "./text/unlabelled-texts.ts";
import { withTextSets } from "./text/with-text-sets.ts";

const PARTS = ["texts", "photos"] as const;

interface UnlabelledFlags {
  readonly only?: (typeof PARTS)[number];
  readonly backbone?: (typeof BACKBONES)[number];
  readonly set?: string;
  readonly json?: boolean;
}

/** Of one backbone. */
interface PhotoFigures {
  readonly backbone: string;
  readonly rows: readonly PlaceFigures[];
}

/** The subcommand. */
export function createUnlabelledBench(): Command {
  return new Command("unlabelled")
    .description("measure what texts and photos without labels give beside few labels (more than an hour)")
    .addOption(new Option("--only <part>", "texts, or photos").choices(PARTS))
    .addOption(new Option("--backbone <name>", "photos by this one alone").choices(BACKBONES))
    .addOption(new Option("--set <name>", "this set of photos alone").choices(MENUS))
    .option("--json", "print one JSON object")
    .action(async ({ only, backbone, set, json }: UnlabelledFlags) => {
      const texts = only === "photos" ? [] : await measureTexts();
      const backbones = backbone === undefined ? BACKBONES : [backbone];
      const photos = only === "texts" ? [] : await measurePhotos(backbones, set === undefined ? MENUS : [set]);
      console.log(json ? JSON.stringify({ texts, photos }, null, 2) : describe(texts, photos));
    });
}

async function measureTexts(): Promise<UnlabelledFigures[]> {
  const texts: UnlabelledFigures[] = [];
  await withTextSets(async (all, encoder) => {
    const kernels = loadHeadKernels();
    const onRow = (row: UnlabelledFigures) => console.error(describeRow(row));
    for (const set of all) texts.push(...(await measureUnlabelled(set, { encoder, kernels, onRow })));
  });
  return texts;
}

async function measurePhotos(backbones: readonly string[], menus: readonly string[]): Promise<PhotoFigures[]> {
  const kernels = loadHeadKernels();
  const onRow = (row: PlaceFigures) => console.error(describePlaceRow(row));
  const photos: PhotoFigures[] = [];
  for (const backbone of backbones) {
    const rows: PlaceFigures[] = [];
    await eachPlaceSet(backbone, menus, (set) => rows.push(...measurePlaces(set, kernels, onRow)));
    photos.push({ backbone, rows });
  }
  return photos;
}

function describe(texts: readonly UnlabelledFigures[], photos: readonly PhotoFigures[]): string {
  const heading = [
    "| set (classes) | labels per class | draws | labels alone | with descriptions, not moved | moved | and with unlabelled texts | as the guard lets through (allowed in) |",
    "|---|--:|--:|--:|--:|--:|--:|--:|",
  ];
  const ofTexts = texts.length === 0 ? [] : [...heading, ...texts.map(describeRow), ""];
  const ofPhotos = photos.flatMap(({ backbone, rows }) => [
    ...[describePlaceHeading(backbone), ...rows.map(describePlaceRow), ""],
  ]);
  return [...ofTexts, ...ofPhotos].join("\n").trimEnd();
}

function describeRow({ set, classes, shots, draws, accuracy, allowed }: UnlabelledFigures): string {
  const { alone, unmoved, moved, trained, served } = accuracy;
  const figures = [unmoved, moved, trained].map((value) => value.toFixed(3));
  const cells = [`${set} (${classes})`, shots, draws, alone?.toFixed(3) ?? "-", ...figures];
  return `| ${cells.join(" | ")} | ${served.toFixed(3)} (${allowed} of ${draws}) |`;
}
