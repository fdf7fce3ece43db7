/** `npm run bench -- <part>`: measures one part of Headstart on this machine. */
import { Command } from "commander";
import { createAccuracyBench } from "./bench/accuracy.ts";
import { createBackbonesBench } from "./bench/backbones.ts";
import { createBurstBench } from "./bench/burst.ts";
import { createCalibrationBench } from "./bench/calibration.ts";
import { createClassifyBench } from "./bench/classify.ts";
import { createHeadBench } from "./bench/head.ts";
import { createInteractionsBench } from "./bench/interactions.ts";
import { createKeptPicturesBench } from "./bench/kept-pictures.ts";
import { createLabelsBench } from "./bench/labels.ts";
import { createLanguagesBench } from "./bench/languages.ts";
import { createLookBench } from "./bench/look.ts";
import { createLoopBench } from "./bench/loop.ts";
import { createMapBench } from "./bench/map.ts";
import { createMemoryBench } from "./bench/memory.ts";
import { createPagesBench } from "./bench/pages.ts";
import { createPicturesBench } from "./bench/pictures.ts";
import { createPreprocessingBench } from "./bench/preprocessing.ts";
import { createStrangersBench } from "./bench/strangers.ts";
import { createSuspectsBench } from "./bench/suspects.ts";
import { createTagsBench } from "./bench/tags.ts";
import { createTeacherBench } from "./bench/teacher.ts";
import { createTextBench } from "./bench/text.ts";
import { createTransferBench } from "./bench/transfer.ts";
import { createUnlabelledBench } from "./bench/unlabelled.ts";
import { createWalkBench } from "./bench/walk.ts";
import { runAsCommand } from "./shared/command.ts";

/** One subcommand per part; each prints a table, or one JSON object with `--json`. */
const PARTS: readonly (() => Command)[] = [
  createAccuracyBench,
  createBackbonesBench,
  createBurstBench,
  createCalibrationBench,
  createClassifyBench,
  createHeadBench,
  createInteractionsBench,
  createLabelsBench,
  createLanguagesBench,
  createLookBench,
  createLoopBench,
  createMapBench,
  createMemoryBench,
  createPagesBench,
  createPicturesBench,
  createPreprocessingBench,
  createStrangersBench,
  createSuspectsBench,
  createTagsBench,
  createTeacherBench,
  createTextBench,
  createKeptPicturesBench,
  createTransferBench,
  createUnlabelledBench,
  createWalkBench,
];

runAsCommand(import.meta.url, async () => {
  const program = new Command("bench").description("measure a part of Headstart");
  for (const createPart of PARTS) program.addCommand(createPart());
  await program.parseAsync();
  return 0;
});
