/**
 * From the link that `npm start` prints to a thing that was taught by camera and is recognised when the camera sees another one: what a
 * person does, step by step, with the seconds that the machine takes and those that the person is busy.
 */
import type { Page } from "playwright-core";
import type { LiveFilm } from "../support/live-film.ts";
import { addByCamera, holdFor, openCamera, trainByCamera } from "./camera-steps.ts";
import { type Acts, countActs, estimateSeconds } from "./count-acts.ts";
import { goTo, itemCard, waitForPlace } from "./kitchen-steps.ts";

/** An item with JPEGs of it: those that teach, and others to ask about. */
export interface TaughtThing {
  readonly name: string;
  readonly teaching: readonly Uint8Array[];
  readonly asked: readonly Uint8Array[];
}

export interface WalkStep {
  readonly name: string;
  /** Seconds that passed, without those of the holding. */
  readonly machineS: number;
  /** Seconds of the person by the keystroke-level model, with those of the holding and of showing another thing to the camera. */
  readonly personS: number;
  readonly clicks: number;
  readonly keys: number;
}

/** What the kitchen said live about something that it had not seen. */
export interface LiveAnswer {
  readonly truth: string;
  /** The item in front; null where it said that it is none of them. */
  readonly said: string | null;
}

export interface CameraWalk {
  readonly steps: readonly WalkStep[];
  /** In the order in which the things were shown: each thing's first, each thing's second and so on. */
  readonly answers: readonly LiveAnswer[];
}

/** To take one thing away and put another before the camera; no part of the model. */
const SHOW_S = 5;
const PICTURES = 20;

/** What a person does that no page hears of. */
interface Unheard {
  /** In the terminal, or in the browser's own windows. */
  readonly clicks?: number;
  /** Things shown to the camera. */
  readonly shown?: number;
}

/** Walks with a page that has been nowhere yet. Throws where a step does not come to its end. */
export async function walkByCamera(
  page: Page,
  link: string,
  film: LiveFilm,
  things: readonly TaughtThing[],
): Promise<CameraWalk> {
  const acts = await countActs(page);
  const steps: WalkStep[] = [];
  const step = async (name: string, unheard: Unheard, work: () => Promise<unknown>) => {
    const before = { ...acts };
    const startedAt = performance.now();
    const held = await work();
    const heldS = typeof held === "number" ? held : 0;
    const machineS = (performance.now() - startedAt) / 1_000 - heldS;
    const done = subtract(acts, before, unheard.clicks ?? 0);
    const personS = estimateSeconds(done) + heldS + SHOW_S * (unheard.shown ?? 0);
    steps.push({ name, machineS, personS, clicks: done.clicks, keys: done.keys });
  };

  await step("click the link that signs in", { clicks: 1 }, async () => {
    await page.goto(link);
    await waitForPlace(page);
  });
  // The browser asks whether the page may use the camera.
  await step("go to the menu, open the camera, allow it", { clicks: 1 }, async () => {
    await goTo(page, "/admin/menu");
    await openCamera(page);
  });
  for (const { name, teaching } of things) {
    await film.show(teaching);
    await step(`name ${name}`, {}, () => addByCamera(page, name));
    await step(`show it, hold its button for ${PICTURES} pictures`, { shown: 1 }, () => teachByCamera(page, name));
  }
  await step("train", {}, () => trainByCamera(page));
  const [first, ...others] = takeTurns(things);
  const answers: LiveAnswer[] = [];
  await step(`show another ${first.truth}, see it answered`, { shown: 1 }, async () => {
    answers.push(await askByCamera(page, film, first));
  });
  for (const other of others) answers.push(await askByCamera(page, film, other));
  return { steps, answers };
}

/** Gives back for how many seconds the button was held. */
async function teachByCamera(page: Page, name: string): Promise<number> {
  const startedAt = performance.now();
  const words = await holdFor(page, name);
  const heldS = (performance.now() - startedAt) / 1_000;
  if (!words.includes(`${PICTURES} pictures taken.`)) throw new Error(`of ${name}: ${words}`);
  await itemCard(page, name).getByText(`${PICTURES} photos`).waitFor();
  return heldS;
}

interface Question {
  readonly truth: string;
  readonly picture: Uint8Array;
}

function takeTurns(things: readonly TaughtThing[]): readonly [Question, ...Question[]] {
  const rounds = Math.max(...things.map(({ asked }) => asked.length));
  const [first, ...others] = Array.from({ length: rounds }, (_, i) =>
    things.flatMap(({ name, asked }) => asked.slice(i, i + 1).map((picture) => ({ truth: name, picture }))),
  ).flat();
  if (first === undefined) throw new Error("there is nothing to ask about");
  return [first, ...others];
}

/** The second question after the change is about what is shown now; the first may have been on its way. */
async function askByCamera(page: Page, film: LiveFilm, { truth, picture }: Question): Promise<LiveAnswer> {
  await film.show([picture]);
  await page.waitForRequest("**/v1/classify");
  const asked = await page.waitForRequest("**/v1/classify");
  const answer = await asked.response();
  if (answer === null) throw new Error("a picture of the camera was not answered");
  const { predictions, unknown } = await answer.json();
  const said = unknown ? null : String(predictions[0].name);
  const seen = page.getByRole("list", { name: "What I see now" }).getByRole("listitem").first();
  await seen.getByText(String(predictions[0].name)).waitFor();
  return { truth, said };
}

function subtract(after: Acts, before: Acts, moreClicks: number): Acts {
  const { clicks, keys, drops } = after;
  return { clicks: clicks - before.clicks + moreClicks, keys: keys - before.keys, drops: drops - before.drops };
}

/** Seconds of the person, all steps together. */
export function sumPerson(steps: readonly WalkStep[]): number {
  return steps.reduce((sum, { personS }) => sum + personS, 0);
}
