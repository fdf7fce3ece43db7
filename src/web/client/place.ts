/**
 * Opens a place of the kitchen: wires what stands on every place, fills the place, and looks again after every change and now and
 * then while the page is in view, because guests and the scheduled run go on meanwhile.
 */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Overview } from "./admin-answers.ts";
import { type Answer, fetchOverview, signOut } from "./admin-api.ts";
import { createButton, find, showAlert } from "./dom.ts";
import { ignoreStrayDrops } from "./dropped-files.ts";
import { keepLooking } from "./keep-looking.ts";
import { ownTrainingMoment } from "./own-training.ts";
import type { Problem } from "./problem.ts";
import { mayReview } from "./role.ts";
import { takeCode } from "./sign-in-code.ts";
import { createTrainingWatch } from "./training-watch.ts";

/** Every two minutes, at the pause of a page where nothing is at work. */
const GLANCES_PER_LOAD = 8;

/** What a place shows. */
export interface Place {
  /** Asks for all that it shows and shows it. What went wrong, or null; `overview` is under way already. */
  load(overview: Answer<Overview>): Promise<Problem | null>;
  /** The same for those who bring photos, who may ask for nothing but the items; absent where they have no business. */
  loadForTeacher?(): Promise<Problem | null>;
  /** Hears every overview, those of a glance too. */
  showOverview?(overview: Overview): void;
}

/** `create` makes the place's parts; null where it cannot, and has said so. `refresh` is called after every change. */
export async function openPlace(
  create: (refresh: () => Promise<void>) => Place | Promise<Place | null>,
): Promise<void> {
  takeCode(); // of no use to somebody who is in already
  ignoreStrayDrops();
  wireSignOut();
  announcePlace();
  const refresh = async (): Promise<void> => {
    if (place !== null) await show(place, watch);
  };
  const watch = createTrainingWatch();
  const place = await create(refresh);
  if (place === null) return;
  await refresh();
  keepLooking(createGlance(place, watch), watch.isAtWork);
}

/** The page is new to its reader, who is to hear where they are; a link to a part of it leads there instead. */
function announcePlace(): void {
  if (location.hash === "") document.querySelector("h1")?.focus({ preventScroll: true });
}

function wireSignOut(): void {
  find("sign-out").addEventListener("click", async () => {
    const answer = await signOut();
    if (answer.ok) location.reload();
    else showAlert(find("kitchen-alert"), answer.error.detail);
  });
}

type Watch = ReturnType<typeof createTrainingWatch>;

/** `known` is the overview where it has been asked for already. */
async function show(place: Place, watch: Watch, known?: Awaited<Answer<Overview>>): Promise<void> {
  const problem = mayReview() ? await showAll(place, watch, known) : await place.loadForTeacher?.();
  if (problem) return showOutdated(problem, place, watch);
  showAlert(find("kitchen-alert"), "");
}

async function showAll(place: Place, watch: Watch, known?: Awaited<Answer<Overview>>): Promise<Problem | null> {
  const askedAt = ownTrainingMoment();
  const asked = known === undefined ? fetchOverview() : Promise.resolve(known);
  const problem = await place.load(asked);
  const overview = await asked;
  if (overview.ok) showWork(place, watch, overview.value, askedAt);
  return problem ?? (overview.ok ? null : overview.error);
}

function showWork(place: Place, watch: Watch, overview: Overview, askedAt: number): void {
  watch.show(overview, askedAt);
  place.showOverview?.(overview);
}

/**
 * One small request: the lists are asked for only when the overview has changed, or now and then for what it does not count,
 * and not while a run is at work, which is watched by the overview alone.
 */
function createGlance(place: Place, watch: Watch): () => Promise<void> {
  let seen = "";
  let glances = 0;
  return async () => {
    if (!mayReview()) return show(place, watch);
    const askedAt = ownTrainingMoment();
    const overview = await fetchOverview();
    if (!overview.ok) return showOutdated(overview.error, place, watch);
    showWork(place, watch, overview.value, askedAt);
    const words = JSON.stringify(overview.value);
    glances++;
    if (overview.value.training.atWork !== null || (words === seen && glances % GLANCES_PER_LOAD > 0)) return;
    seen = words;
    await show(place, watch, overview);
  };
}

function showOutdated(problem: Problem, place: Place, watch: Watch): void {
  // 401 has been said by the API module, with the button that helps.
  if (problem.status === 401) return;
  const again = createButton(kitchen.frame.tryAgain, "plain", () => void show(place, watch));
  showAlert(find("kitchen-alert"), kitchen.frame.outdated(problem.detail), again);
}
