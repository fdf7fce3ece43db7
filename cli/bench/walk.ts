/** `npm run bench -- walk`: from an empty folder to a new thing, taught by camera, that is recognised: what machine and person do. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { Command } from "commander";
import { type CameraWalk, sumPerson, type TaughtThing, walkByCamera } from "../../test/browser/camera-walk.ts";
import { DESKTOP, hasBrowser, launchBrowserWithCamera, openPage } from "../../test/browser/chromium.ts";
import { openLiveFilm } from "../../test/support/live-film.ts";
import { CommandError } from "../shared/command.ts";
import { type FreshClone, startFreshClone } from "./walk/fresh-clone.ts";
import { readThings } from "./walk/real-things.ts";

/** Seconds of the machine before anybody can sign in, and the walk from there on. */
export interface WalkFigures extends CameraWalk, Pick<FreshClone, "cloneS" | "installS" | "startS"> {}

export function createWalkBench(): Command {
  return new Command("walk")
    .description("git clone, npm install, npm start, two items taught by camera with real photos, others recognised")
    .option("--json", "print one JSON object")
    .action(async ({ json }: { json?: boolean }) => {
      const figures = await measureWalk();
      console.log(json ? JSON.stringify({ ...figures, personS: sumPerson(figures.steps) }) : describeWalk(figures));
    });
}

/** Walks once, with what is committed of this checkout. Throws `CommandError` without Chromium or without the photos. */
async function measureWalk(): Promise<WalkFigures> {
  if (!hasBrowser()) throw new CommandError("Install Chromium, or say where it is with CHROMIUM_PATH.");
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-walk-"));
  try {
    const things = await readThings();
    const clone = await startFreshClone(folder);
    try {
      const { cloneS, installS, startS } = clone;
      return { cloneS, installS, startS, ...(await walk(path.join(folder, "film.mjpeg"), clone.link, things)) };
    } finally {
      await clone.stop();
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function walk(file: string, link: string, things: readonly [TaughtThing, ...TaughtThing[]]): Promise<CameraWalk> {
  const film = await openLiveFilm(file, things[0].teaching);
  const browser = await launchBrowserWithCamera(film.file);
  try {
    const { page } = await openPage(browser, DESKTOP);
    return await walkByCamera(page, link, film, things);
  } finally {
    await browser.close();
  }
}

/** A table in Markdown, and how many of the new pictures were answered right. */
export function describeWalk({ cloneS, installS, startS, steps, answers }: WalkFigures): string {
  const machineS = cloneS + installS + startS + steps.reduce((sum, step) => sum + step.machineS, 0);
  const rows = [
    ["`git clone`", cloneS.toFixed(1), "", "", ""],
    ["`npm install`", installS.toFixed(1), "", "", ""],
    ["`npm start`, until the link is printed", startS.toFixed(1), "", "", ""],
    ...steps.map((step) => [step.name, step.machineS.toFixed(1), step.personS.toFixed(1), step.clicks, step.keys]),
    ["in all", machineS.toFixed(1), sumPerson(steps).toFixed(1), sum(steps, "clicks"), sum(steps, "keys")],
  ];
  const right = answers.filter(({ truth, said }) => truth === said).length;
  return [
    "| step | machine, s | person, s | clicks | keys |",
    "|---|--:|--:|--:|--:|",
    ...rows.map((row) => `| ${row.join(" | ")} |`),
    "",
    `Of ${answers.length} pictures that it had not seen, ${right} were answered right; the one of the last step ${answers[0]?.truth === answers[0]?.said ? "was" : "was not"}.`,
  ].join("\n");
}

function sum(steps: CameraWalk["steps"], field: "clicks" | "keys"): number {
  return steps.reduce((total, step) => total + step[field], 0);
}
