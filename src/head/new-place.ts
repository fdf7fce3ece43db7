/**
 * A menu taught in one place and served in another (another camera, another light): moves what is seen there to where the menu was
 * taught, learns from what labels there are, and lets these labels choose, since what was taught elsewhere can hurt. Pure.
 */
import { ok, type Result } from "../shared/result.ts";
import { meanEmbedding, moveEmbeddings } from "./descriptions.ts";
import type { Embedding } from "./embedding.ts";
import { type FitOptions, fitHead } from "./fit.ts";
import type { FitError } from "./fit-problem.ts";
import { judgeRow } from "./judge-row.ts";
import { GUARD_FOLDS, MIN_PLACE_PHOTOS, MIN_UNLABELLED_PER_CLASS } from "./policy.ts";
import type { Head } from "./predict.ts";
import { takeStratified } from "./sample.ts";
import { trainOnUnlabelled } from "./self-training.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "./statistics.ts";

export interface PlaceExamples {
  /** Where the menu was taught. */
  readonly source: readonly LabelledEmbedding[];
  /** In the new place. */
  readonly labelled: readonly LabelledEmbedding[];
  readonly unlabelled: readonly Embedding[];
}

/** In the order in which an equal result is preferred. */
export const PLACE_WAYS = [
  "as taught",
  "moved",
  "moved, with labels",
  "moved, with unlabelled",
  "labels alone",
] as const;
export type PlaceWay = (typeof PLACE_WAYS)[number];

/** One way, judged by the labels of the place, each left out with a tenth of them. */
export interface JudgedWay {
  readonly way: PlaceWay;
  readonly right: number;
  /** Mean `-log p`. */
  readonly loss: number;
}

export interface PlaceChoice {
  readonly way: PlaceWay;
  /** Labels that decided; 0: the amount of photos did. */
  readonly judged: number;
  readonly ways: readonly JudgedWay[];
  /** The head of a way, and what its embeddings of the place are moved by. */
  readonly open: (way: PlaceWay) => Result<PlaceHead, FitError>;
}

export interface PlaceHead {
  readonly head: Head;
  /** From photos of the place to what the head takes. */
  readonly place: (embeddings: readonly Embedding[]) => readonly Embedding[];
  /** The shrinkage that was chosen. */
  readonly rho: number;
}

/** `source` and the place need an example each; labels choose among `among`. Errors are those of `fitHead`. */
export function choosePlaceWay(
  examples: PlaceExamples,
  options: FitOptions,
  among: readonly PlaceWay[] = PLACE_WAYS,
): Result<PlaceChoice, FitError> {
  const fitSource = createSourceFit(examples.source);
  const open = (way: PlaceWay) => openWay(way, examples, options, fitSource);
  const { labelled, unlabelled } = examples;
  if (labelled.length === 0) {
    const enough = unlabelled.length >= MIN_UNLABELLED_PER_CLASS * options.classIds.length;
    const way = unlabelled.length < MIN_PLACE_PHOTOS ? "as taught" : enough ? "moved, with unlabelled" : "moved";
    return ok({ way, judged: 0, ways: [], open });
  }
  const ways: JudgedWay[] = [];
  for (const way of among) {
    if (way === "moved, with unlabelled" && unlabelled.length === 0) continue;
    const judged = judgeWay(way, examples, options, fitSource);
    if (judged !== null) ways.push(judged);
  }
  const best = ways.reduce((a, b) => (b.right > a.right || (b.right === a.right && b.loss < a.loss) ? b : a));
  return ok({ way: best.way, judged: labelled.length, ways, open });
}

/** Null where a part of the labels leaves no head: fewer than two classes. */
function judgeWay(way: PlaceWay, examples: PlaceExamples, options: FitOptions, fitSource: FitSource): JudgedWay | null {
  const { labelled } = examples;
  const folds = Math.min(labelled.length, GUARD_FOLDS);
  const whole = openWay(way, examples, { ...options, isForJudgement: true }, fitSource);
  if (!whole.ok) return null;
  // The parts of a tenth less begin where the whole ended: a third of the shrinkages to try.
  const judging = { ...options, isForJudgement: true, previousRho: whole.value.rho };
  let [right, loss] = [0, 0];
  for (let fold = 0; fold < folds; fold++) {
    const rest = { ...examples, labelled: labelled.filter((_, i) => i % folds !== fold) };
    const opened = openWay(way, rest, judging, fitSource);
    if (!opened.ok) return null;
    for (const { classId, embedding } of labelled.filter((_, i) => i % folds === fold)) {
      const { head, place } = opened.value;
      const judged = judgeRow(head, { classId, embedding: place([embedding])[0] });
      right += judged.isRight ? 1 : 0;
      loss += judged.loss / labelled.length;
    }
  }
  return { way, right, loss };
}

function openWay(
  way: PlaceWay,
  { source, labelled, unlabelled }: PlaceExamples,
  options: FitOptions,
  fitSource: FitSource,
): Result<PlaceHead, FitError> {
  const seen = [...unlabelled, ...labelled.map(({ embedding }) => embedding)];
  if (way === "as taught" || way === "labels alone" || seen.length === 0) {
    const fitted = way === "labels alone" ? fitRows(labelled, options) : fitSource(options);
    if (!fitted.ok) return fitted;
    const { head, rho } = fitted.value.first;
    return ok({ head, rho, place: (embeddings) => embeddings });
  }
  const [from, to] = [meanEmbedding(seen), meanEmbedding(source.map(({ embedding }) => embedding))];
  const place = (embeddings: readonly Embedding[]) => moveEmbeddings(embeddings, from, to);
  const moved = place(labelled.map(({ embedding }) => embedding));
  const own = labelled.map(({ classId }, i) => ({ classId, embedding: moved[i] }));
  const fitted = way === "moved" ? fitSource(options) : fitRows([...source, ...own], options);
  if (!fitted.ok) return fitted;
  const { first, taught } = fitted.value;
  if (way !== "moved, with unlabelled" || unlabelled.length === 0) {
    return ok({ head: first.head, rho: first.rho, place });
  }
  const trained = trainOnUnlabelled(first, taught, place(unlabelled), options);
  if (!trained.ok) return trained;
  const { head, rho } = trained.value.fitted;
  return ok({ head, rho, place });
}

type FitSource = (options: FitOptions) => ReturnType<typeof fitRows>;

/** What was taught elsewhere is fitted once for judgement and once to serve, however often labels of the place are left out. */
function createSourceFit(source: readonly LabelledEmbedding[]): FitSource {
  const fitted = new Map<boolean, ReturnType<typeof fitRows>>();
  return (options) => {
    const isForJudgement = options.isForJudgement === true;
    const known = fitted.get(isForJudgement) ?? fitRows(source, options);
    fitted.set(isForJudgement, known);
    return known;
  };
}

function fitRows(rows: readonly LabelledEmbedding[], options: FitOptions) {
  const statistics = createStatistics(rows[0]?.embedding.values.length ?? 0);
  addExamples(statistics, rows, options.kernels);
  const sample = takeStratified(rows, options.classIds);
  const first = fitHead(statistics, sample, options);
  return first.ok ? ok({ first: first.value, taught: { statistics, sample } }) : first;
}
