/**
 * Asks the teacher about samples of the pool, a few at a time and within the day's budget; never on a guest's path. While
 * the head agrees with it, the job asks it little and at random, to notice when that changes.
 */
import { predict } from "../head/predict.ts";
import type { Services } from "../services.ts";
import type { Database } from "../store/database.ts";
import type { ServedHead } from "../store/heads/head-cache.ts";
import { fetchCopies, type PoolCondition } from "../store/pool/pool-queue.ts";
import { POOL_WINDOW } from "../store/pool/tables.ts";
import {
  claimSamples,
  countCalls,
  mayBeAsked,
  readAgreement,
  storeOutcomes,
  type TeacherOutcome,
} from "../store/teaching/teacher-calls.ts";
import { MAX_OFFERED_ITEMS, type TeacherFault, type TeacherItem, type TeacherSample } from "../teacher/teacher.ts";
import { type ChosenSample, choosePooled } from "../training/pool.ts";
import { AGREEMENT_WINDOW, budgetOf, isAgreed } from "../training/teaching.ts";

/** Calls at once, round after round: one first, so that a service that is down costs one call. 20 in all, under the 50 of a free plan. */
const ROUNDS = [1, 4, 5, 5, 5];
const CALLS_PER_RUN = ROUNDS.reduce((sum, calls) => sum + calls, 0);

/** With these there is no point in asking about another sample just now. */
const SERVICE_FAULTS: ReadonlySet<string> = new Set<TeacherFault>(["busy", "late", "unreachable", "refused"]);

/** What asking takes. */
type TeachingServices = Pick<Services, "db" | "clock" | "teacher" | "config" | "readServedHead" | "loadEmbedder">;

type Teacher = NonNullable<Services["teacher"]>;

/** What one job did. */
export interface TeachReport {
  readonly asked: number;
  readonly answered: number;
  /** Whether the head agrees with the teacher, so that it is asked little. */
  readonly isResting: boolean;
}

/** Does nothing without a teacher or a head. Rejects when the database fails; what was claimed is then asked again an hour later. */
export async function teach(services: TeachingServices): Promise<TeachReport> {
  const { db, clock, teacher, config, readServedHead } = services;
  if (teacher === undefined || config.teacher === null) return { asked: 0, answered: 0, isResting: false };
  const isResting = isAgreed(await readAgreement(db, AGREEMENT_WINDOW));
  const report = { asked: 0, answered: 0, isResting };
  const budget = budgetOf(config.teacher.dailyCalls, isResting);
  const served = budget <= (await countCalls(db, clock())) ? null : await readServedHead(db, clock());
  if (served === null) return report;
  const isAskable = mayBeAsked(clock(), config.publicTeaching);
  const waiting = await choose(db, served, isResting, isAskable);
  for (const calls of ROUNDS) {
    const claim = crypto.randomUUID();
    const candidates = waiting.splice(0, calls).map((sample) => describeCandidate(served, sample));
    if (candidates.length === 0) break;
    const claimed = await claimSamples(db, candidates, { claim, model: teacher.model, budget, now: clock() });
    const outcomes = await askAbout({ ...services, teacher }, served, claimed);
    await storeOutcomes(db, claim, outcomes, clock());
    report.asked += outcomes.length;
    report.answered += outcomes.filter((outcome) => "item" in outcome).length;
    const isSpent = claimed.length < candidates.length;
    if (isSpent || outcomes.some((outcome) => "fault" in outcome && SERVICE_FAULTS.has(outcome.fault))) break;
  }
  return report;
}

/** What teaches most, first; where the head agrees, a random one: the ids are hashes. */
async function choose(
  db: Database,
  served: ServedHead,
  isResting: boolean,
  isAskable: PoolCondition,
): Promise<ChosenSample[]> {
  if (!isResting) return choosePooled(db, served, CALLS_PER_RUN, isAskable);
  const all = await choosePooled(db, served, POOL_WINDOW, isAskable);
  return all.sort((a, b) => (a.photo < b.photo ? -1 : 1)).slice(0, 1);
}

function describeCandidate(served: ServedHead, { photo, embedding }: ChosenSample) {
  const isMasked = (classId: string) => !served.names.has(classId);
  const { scores, isUnknown } = predict(served.head, embedding, isMasked, served.thresholds);
  return { photo, headVersion: served.version, headAnswer: isUnknown ? null : (scores[0]?.classId ?? null) };
}

async function askAbout(
  { db, teacher, loadEmbedder }: TeachingServices & { readonly teacher: Teacher },
  { menu }: ServedHead,
  photos: readonly string[],
): Promise<TeacherOutcome[]> {
  if (photos.length === 0) return [];
  // Not by how the copy begins: a text may look like the address of a picture.
  const { modality } = await loadEmbedder();
  const copies = await fetchCopies(db, photos);
  const items = menu
    .slice(0, MAX_OFFERED_ITEMS)
    .map(({ id, name, description }): TeacherItem => ({ id, name, description }));
  const outcomes = photos.map(async (photo): Promise<TeacherOutcome[]> => {
    const copy = copies.get(photo);
    if (copy === undefined) return []; // forgotten since it was claimed
    const sample: TeacherSample = modality === "text" ? { kind: "text", text: copy } : { kind: "photo", url: copy };
    const answer = await teacher.ask({ items, sample });
    return [answer.ok ? { photo, ...answer.value } : { photo, fault: answer.error }];
  });
  return (await Promise.all(outcomes)).flat();
}
