/**
 * The pool beside training: which of its samples a label would teach most, answering them again after a change of
 * heads, and what a refit may learn from them without a label.
 */
import { chooseUnsure, marginOf } from "../head/choose-to-label.ts";
import { meanOfExamples } from "../head/descriptions.ts";
import type { Embedding } from "../head/embedding.ts";
import { applyShift, measureShift } from "../head/place-shift.ts";
import { type ClassScore, predict } from "../head/predict.ts";
import type { Statistics } from "../head/statistics.ts";
import { MIN_JUDGING_LABELS } from "../shared/judging-labels.ts";
import type { Database } from "../store/database.ts";
import type { ServedHead } from "../store/heads/head-cache.ts";
import { listServedPlaces } from "../store/places/places.ts";
import {
  listOutdated,
  listUnlabelled,
  listUnsure,
  type PoolCondition,
  type PooledSample,
  storePoolAnswers,
} from "../store/pool/pool-queue.ts";
import { JUDGED_PER_RUN, POOL_WINDOW } from "../store/pool/tables.ts";
import type { TrainingContext } from "./context.ts";

/** A sample with the live head's scores, best first; empty where none of its items is on the menu. */
export interface ChosenSample extends PooledSample {
  readonly scores: readonly ClassScore[];
}

/**
 * At most `count` samples, the most useful first, out of the `POOL_WINDOW` that were least sure at their arrival: one query. The margins are
 * the live head's of now. `further` narrows the samples down. None without a head.
 */
export async function choosePooled(
  db: Database,
  served: ServedHead | null,
  count: number,
  further?: PoolCondition,
): Promise<ChosenSample[]> {
  if (served === null) return [];
  const waiting = await listUnsure(db, served.backboneId, POOL_WINDOW, further);
  const judged = waiting.map((sample): ChosenSample => {
    const { scores } = predict(served.head, sample.embedding, (classId) => !served.names.has(classId));
    return { ...sample, scores, margin: marginOf(scores) };
  });
  return chooseUnsure(judged, count).map((i) => judged[i]);
}

/*
 * Answers samples of the pool again once another head has gone live. A search for the least sure samples looks among the smallest stored
 * margins, and in a large pool these would stay the margins of heads long gone.
 */

/** Returns how many it answered, at most `JUDGED_PER_RUN`. Safe to break off, and to run twice at once: it is the same answer. */
export async function judgePool(db: Database, served: ServedHead): Promise<number> {
  const outdated = await listOutdated(db, served.backboneId, served.version, JUDGED_PER_RUN);
  if (outdated.length === 0) return 0;
  const isMasked = (classId: string) => !served.names.has(classId);
  const answers = outdated.map(({ photo, embedding }) => {
    const { scores } = predict(served.head, embedding, isMasked);
    const [best] = scores;
    return { photo, answer: best?.classId ?? null, score: best?.score ?? 0, margin: marginOf(scores) };
  });
  await storePoolAnswers(db, served.version, answers);
  return answers.length;
}

/*
 * What a refit may learn from the pool without a label: samples that staff and keys sent from places, shifted only by these
 * samples, and, where texts are read, from anywhere. Guests' samples wait for a person and do not shift the others: anybody
 * could send them (decision 62).
 */

/**
 * As the head takes them: moved to where the menu was taught. A place's samples count only where enough of the labels that judge the fit
 * come from that place, since labels from elsewhere do not notice what is spoilt there. `places` says where each judging label comes from.
 * A closed pool costs no query.
 */
export async function loadUnlabelled(
  { db, backboneId, pool, words }: Pick<TrainingContext, "db" | "backboneId" | "pool" | "words">,
  statistics: Statistics,
  places: readonly (string | null)[],
): Promise<Embedding[]> {
  const taught = meanOfExamples(statistics);
  if ((pool?.size ?? 0) === 0 || taught === null) return [];
  const samples = await listUnlabelled(db, backboneId);
  if (samples.length === 0) return [];
  const known = await listServedPlaces(db);
  const isJudged = (place: string) => places.filter((from) => from === place).length >= MIN_JUDGING_LABELS;
  return [...Map.groupBy(samples, ({ place }) => place)].flatMap(([place, rows]) => {
    const own = rows.map(({ embedding }) => embedding);
    const isOn = place !== null && known.get(place)?.isOn === true;
    if (isOn && !isJudged(place)) return [];
    const { shift } = isOn ? measureShift(own, taught) : { shift: null };
    if (shift !== null) return own.map((embedding) => applyShift(embedding, shift));
    return words === undefined ? [] : own;
  });
}
