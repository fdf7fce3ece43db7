/**
 * Whether three shots answer better than one: of the same head and the same photos, so that the difference of each photo is its own
 * pair. Pure.
 */
import type { Embedding } from "../../../src/head/embedding.ts";
import { fitHead } from "../../../src/head/fit.ts";
import { joinEmbeddings } from "../../../src/head/join-embeddings.ts";
import type { Kernels } from "../../../src/head/kernels/kernels.ts";
import { type Head, predict } from "../../../src/head/predict.ts";
import { addExamples, createStatistics, type LabelledEmbedding } from "../../../src/head/statistics.ts";
import { takeStratified } from "../../evaluate/sample.ts";
import { CommandError } from "../../shared/command.ts";
import { meanOf, standardError } from "../accuracy-figures.ts";
import { HEAD_OPTIONS } from "../accuracy-judges.ts";
import { shuffle } from "../stranger-trials.ts";
import type { BurstPhoto, BurstSet } from "./burst-sets.ts";
import { HANDS, type Hand } from "./shots.ts";

/** A mean over photos and its standard error. */
export interface Measured {
  readonly mean: number;
  readonly error: number;
}

/**
 * What the shots show: one photo, taken by a hand; one shot by the last hand and two windows of it, which cost no further
 * shot; or other photos of the item, which is more than shots can bring.
 */
export type ShotKind = Hand["name"] | "windows of one" | "other photos";

export interface BurstFigures {
  readonly menu: string;
  /** Photos per item that the head learnt from; `all` of them. */
  readonly taught: number | "all";
  readonly shots: ShotKind;
  readonly photos: number;
  /** Accuracy by the photo as it is, by one shot (the mean of the three), and by the mean of the three embeddings. */
  readonly whole: number;
  readonly one: number;
  readonly three: number;
  /** Three shots less one: of the accuracy, of the loss (nats), and of the share called unknown. */
  readonly gain: Measured;
  readonly lossGain: Measured;
  readonly unknownGain: Measured;
  /** Three shots less the photo as it is, of the accuracy. */
  readonly gainOverWhole: Measured;
}

export interface BurstRow extends BurstFigures {
  readonly backbone: string;
}

const TAUGHT = [5, 10, 20, Number.POSITIVE_INFINITY] as const;
const SEEDS = [1, 2, 3, 4, 5];
const KINDS: readonly ShotKind[] = [...HANDS.map(({ name }) => name), "windows of one", "other photos"];

/** What one embedding is answered. */
interface Said {
  readonly right: number;
  readonly loss: number;
  readonly unknown: number;
}

/** Of one photo: as it is, by one shot and by three. */
interface Judged {
  readonly whole: Said;
  readonly one: Said;
  readonly three: Said;
}

export function measureBurst(set: BurstSet, kernels: Kernels): BurstFigures[] {
  return TAUGHT.flatMap((taught) => {
    const seeds = Number.isFinite(taught) ? SEEDS : SEEDS.slice(0, 1);
    const heads = seeds.map((seed) => fitTo(takeTaught(set.train, taught, seed), kernels));
    return KINDS.map((shots) => {
      const judged = set.test.map((photo) => {
        const asked = shotsOf(photo, shots, set.test);
        return averageOf(heads.map((head) => judge(head, photo, asked)));
      });
      return { menu: set.menu, taught: Number.isFinite(taught) ? taught : "all", shots, ...summarise(judged) };
    });
  });
}

function takeTaught(train: readonly LabelledEmbedding[], taught: number, seed: number): LabelledEmbedding[] {
  const groups = Map.groupBy(shuffle(train, seed), ({ classId }) => classId);
  return [...groups.values()].flatMap((rows) => rows.slice(0, taught));
}

function fitTo(taught: readonly LabelledEmbedding[], kernels: Kernels): Head {
  const classIds = [...new Set(taught.map(({ classId }) => classId))].sort();
  const stats = createStatistics(taught[0]?.embedding.values.length ?? 0);
  addExamples(stats, taught, kernels);
  const fitted = fitHead(stats, takeStratified(taught, classIds), { ...HEAD_OPTIONS, classIds, kernels });
  if (!fitted.ok) throw new CommandError(fitted.error.message);
  return fitted.value.head;
}

/** The questions: one shot at a time, and all together. */
interface AskedShots {
  readonly alone: readonly Embedding[];
  readonly together: Embedding;
}

/** Other photos: this one and the two that follow it in its item, the first ones after the last. */
function shotsOf(photo: BurstPhoto, kind: ShotKind, all: readonly BurstPhoto[]): AskedShots {
  if (kind === "windows of one") return { alone: photo.windows.slice(0, 1), together: joinEmbeddings(photo.windows) };
  const own = all.filter(({ classId }) => classId === photo.classId);
  const following = [0, 1, 2].map((step) => own[(own.indexOf(photo) + step) % own.length].whole);
  const alone = kind === "other photos" ? following : (photo.shots.get(kind) ?? []);
  return { alone, together: joinEmbeddings(alone) };
}

function judge(head: Head, { classId, whole }: BurstPhoto, { alone, together }: AskedShots): Judged {
  return {
    whole: ask(head, whole, classId),
    one: averageSaid(alone.map((shot) => ask(head, shot, classId))),
    three: ask(head, together, classId),
  };
}

/** Losses are of the items among themselves, at a score of at least 1e-6. */
function ask(head: Head, embedding: Embedding, classId: string): Said {
  const { scores, none, isUnknown } = predict(head, embedding);
  const own = scores.find((score) => score.classId === classId)?.score ?? 0;
  const given = none < 1 ? own / (1 - none) : 1 / scores.length;
  return {
    right: scores[0]?.classId === classId ? 1 : 0,
    loss: -Math.log(Math.max(given, 1e-6)),
    unknown: isUnknown ? 1 : 0,
  };
}

function averageOf(all: readonly Judged[]): Judged {
  const part = (name: keyof Judged) => averageSaid(all.map((one) => one[name]));
  return { whole: part("whole"), one: part("one"), three: part("three") };
}

function averageSaid(all: readonly Said[]): Said {
  const part = (name: keyof Said) => meanOf(all.map((one) => one[name]));
  return { right: part("right"), loss: part("loss"), unknown: part("unknown") };
}

function summarise(judged: readonly Judged[]): Omit<BurstFigures, "menu" | "taught" | "shots"> {
  const right = (name: keyof Judged) => meanOf(judged.map((one) => one[name].right));
  const gain = (of: keyof Said, over: "one" | "whole" = "one"): Measured => {
    const gaps = judged.map((one) => one.three[of] - one[over][of]);
    return { mean: meanOf(gaps), error: standardError(gaps) };
  };
  return {
    photos: judged.length,
    whole: right("whole"),
    one: right("one"),
    three: right("three"),
    gain: gain("right"),
    lossGain: gain("loss"),
    unknownGain: gain("unknown"),
    gainOverWhole: gain("right", "whole"),
  };
}
