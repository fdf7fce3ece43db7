/** The walk of `npm run bench -- walk` without clone and install, on drawings: how many steps and acts it takes, and that it ends well. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { describeWalk } from "../../cli/bench/walk.ts";
import { makeSecret } from "../../cli/dev/local-secrets.ts";
import { makeSignInLink } from "../../cli/dev/sign-in-link.ts";
import { drawPictures } from "../support/film.ts";
import { openLiveFilm } from "../support/live-film.ts";
import { walkByCamera } from "./camera-walk.ts";
import { DESKTOP, hasBrowser, launchBrowserWithCamera, openPage } from "./chromium.ts";
import { useStage } from "./stage.ts";

const SIGN_IN_SECRET = makeSecret();
const TAUGHT = 40;
/** Of the drawings of a kind, the first ones teach. */
const drawThing = (name: string, kind: string) => {
  const drawings = drawPictures(kind, TAUGHT + 2);
  return { name, teaching: drawings.slice(0, TAUGHT), asked: drawings.slice(TAUGHT) };
};

describe.skipIf(!hasBrowser())("the first walk, by camera", () => {
  const stage = useStage({ vars: { SIGN_IN_SECRET } });
  let folder: string;

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-walk-"));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it("leads from the link to a new thing answered right, in eight steps", async () => {
    const things = [drawThing("Pepperoni", "pepperoni"), drawThing("Hawaiian", "hawaiian")];
    const film = await openLiveFilm(path.join(folder, "film.mjpeg"), things[0].teaching);
    const browser = await launchBrowserWithCamera(film.file);
    try {
      const { page, complaints } = await openPage(browser, DESKTOP);
      const link = await makeSignInLink(stage.server.url, SIGN_IN_SECRET);
      const { steps, answers } = await walkByCamera(page, link, film, things);
      expect(steps.map(({ clicks, keys }) => [clicks, keys])).toEqual([
        [1, 0],
        [3, 0],
        [1, "Pepperoni".length + 1],
        [1, 0],
        [1, "Hawaiian".length + 1],
        [1, 0],
        [1, 0],
        [0, 0],
      ]);
      expect(answers).toHaveLength(4);
      for (const { truth, said } of answers) expect(said).toBe(truth);
      expect(complaints).toEqual([]);
    } finally {
      await browser.close();
    }
  });
});

it("writes the walk as a table in Markdown, and counts what was answered right", () => {
  const step = { name: "train", machineS: 1.04, personS: 2.65, clicks: 1, keys: 0 };
  const answers = [
    { truth: "Pepperoni", said: "Pepperoni" },
    { truth: "Hawaiian", said: null },
  ];
  expect(
    describeWalk({ cloneS: 3, installS: 40, startS: 20, steps: [step, step], answers })
      .split("\n")
      .slice(4),
  ).toEqual([
    "| `npm start`, until the link is printed | 20.0 |  |  |  |",
    "| train | 1.0 | 2.6 | 1 | 0 |",
    "| train | 1.0 | 2.6 | 1 | 0 |",
    "| in all | 65.1 | 5.3 | 2 | 0 |",
    "",
    "Of 2 pictures that it had not seen, 1 were answered right; the one of the last step was.",
  ]);
});
