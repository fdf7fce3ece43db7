/** Watches for training runs that were not started on this page: says once that one has begun and once how it ended. */
import type { Overview } from "./admin-answers.ts";
import { find } from "./dom.ts";
import { isTrainingHere, ownTrainingMoment } from "./own-training.ts";
import { describeWaitingLabels, tellNews, type Work } from "./run-words.ts";

/** Runs that this page has started itself are not news to it. */
export function createTrainingWatch() {
  let before: Work | null = null;
  /** `askedAt` is the `ownTrainingMoment` at which the overview was asked for. */
  const show = (overview: Overview, askedAt: number) => {
    if (askedAt !== ownTrainingMoment()) return;
    const news = tellNews(before, overview.training);
    before = overview.training;
    find("run-progress").textContent = isTrainingHere() ? "" : describeWaitingLabels(overview);
    if (isTrainingHere()) find("run-news").textContent = "";
    else if (news !== null) find("run-news").textContent = news;
  };
  return { show, isAtWork: () => before !== null && before.atWork !== null };
}
