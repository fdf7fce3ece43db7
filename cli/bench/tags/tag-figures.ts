/**
 * Tags on one Gram matrix, compared with a fit for every tag, and with counting silence as a no. The same test rows judge,
 * for which everything is said. Pure.
 */
import { fitHead } from "../../../src/head/fit.ts";
import { type Kernels, packedLength } from "../../../src/head/kernels/kernels.ts";
import { predict } from "../../../src/head/predict.ts";
import { addExamples, createStatistics } from "../../../src/head/statistics.ts";
import { areaUnderCurve } from "../../evaluate/judge-strangers.ts";
import { takeStratified } from "../../evaluate/sample.ts";
import { meanOf, standardError } from "../accuracy-figures.ts";
import { seededNumbers } from "../head-data.ts";
import { shortGain, shortShare } from "../short-share.ts";
import { shuffle } from "../stranger-trials.ts";
import { fitTags, probabilityOfTag } from "./tag-fit.ts";
import type { TaggedRow } from "./tag-statistics.ts";
import type { TaggedSet } from "./tagged-sets.ts";

/** Means over the tags. */
export interface TagQuality {
  readonly auroc: number;
  /** `-log p` of what is right, nats. */
  readonly logLoss: number;
  /** Of answers at a probability of one half. */
  readonly f1: number;
}

export interface TagRowFigures {
  readonly set: string;
  readonly tags: number;
  readonly numbers: number;
  /** Rows learnt from, and the share of their tags that somebody has said. */
  readonly rows: number;
  readonly saidShare: number;
  readonly shared: TagQuality;
  readonly apart: TagQuality;
  readonly unsaidAsNo: TagQuality;
  /** Shared less apart, and its standard error over the tags. */
  readonly aurocGap: { readonly mean: number; readonly error: number };
  /** Bytes of the sums that a deployment would keep, and multiply-adds of one choice of rho. */
  readonly cost: Readonly<Record<"shared" | "apart", { readonly bytes: number; readonly multiplyAdds: number }>>;
}

const TAUGHT = [100, Number.POSITIVE_INFINITY];
const SAID_SHARES = [1, 0.2];
const SEEDS = [1, 2];

export function measureTags(set: TaggedSet, kernels: Kernels, onRow: (row: TagRowFigures) => void): TagRowFigures[] {
  return TAUGHT.flatMap((taught) =>
    SAID_SHARES.map((saidShare) => {
      const trials = SEEDS.map((seed) => {
        const rows = shuffle(set.train, seed).slice(0, taught);
        return judgeTrial(set, silence(rows, saidShare, seed), kernels);
      });
      const row = summarise(set, Math.min(taught, set.train.length), saidShare, trials);
      onRow(row);
      return row;
    }),
  );
}

/** Each statement stays with this probability. */
function silence(rows: readonly TaggedRow[], share: number, seed: number): TaggedRow[] {
  const uniform = seededNumbers(seed * 7919 + 1);
  return rows.map(({ embedding, said }) => ({ embedding, said: new Map([...said].filter(() => uniform() < share)) }));
}

type Ways = "shared" | "apart" | "unsaidAsNo";

/** By way, then by tag. */
type Trial = Readonly<Record<Ways, readonly TagQuality[]>>;

type AskTag = (tag: string, row: TaggedRow) => number;

function judgeTrial({ tags, test }: TaggedSet, rows: readonly TaggedRow[], kernels: Kernels): Trial {
  const quality = (ask: AskTag) => tags.map((tag) => judgeTag(tag, test, ask));
  const answers = (taught: readonly TaggedRow[]): AskTag => {
    const head = fitTags(taught, tags, kernels);
    return (tag, { embedding }) => probabilityOfTag(head, tag, embedding) ?? 0.5;
  };
  const full = rows.map(({ embedding, said }) => ({
    embedding,
    said: new Map(tags.map((tag) => [tag, said.get(tag) ?? false] as const)),
  }));
  return {
    shared: quality(answers(rows)),
    apart: quality(fitApart(rows, tags, kernels)),
    unsaidAsNo: quality(answers(full)),
  };
}

/** A head of two items for each tag, from the rows that say it; how often each comes counts, as it does for the shared fit. */
function fitApart(rows: readonly TaggedRow[], tags: readonly string[], kernels: Kernels): AskTag {
  const heads = new Map(
    tags.map((tag) => {
      const own = rows.flatMap(({ embedding, said }) => {
        const has = said.get(tag);
        return has === undefined ? [] : [{ classId: has ? "yes" : "no", embedding }];
      });
      const stats = createStatistics(rows[0].embedding.values.length);
      addExamples(stats, own, kernels);
      const classIds = ["yes", "no"];
      const options = { priorExponent: 1, unknownAlpha: 0.05, isForJudgement: true, classIds, kernels };
      const fitted = fitHead(stats, takeStratified(own, classIds), options);
      return [tag, fitted.ok ? fitted.value.head : undefined] as const;
    }),
  );
  return (tag, { embedding }) => {
    const head = heads.get(tag);
    return head === undefined
      ? 0.5
      : (predict(head, embedding).scores.find(({ classId }) => classId === "yes")?.score ?? 0.5);
  };
}

function judgeTag(tag: string, test: readonly TaggedRow[], ask: AskTag): TagQuality {
  const asked = test.map((row) => ({ has: row.said.get(tag) === true, p: ask(tag, row) }));
  const [yes, no] = [true, false].map((has) => asked.filter((one) => one.has === has).map(({ p }) => p));
  const found = yes.filter((p) => p >= 0.5).length;
  const wrong = no.filter((p) => p >= 0.5).length;
  return {
    auroc: areaUnderCurve(no, yes),
    logLoss: meanOf(asked.map(({ has, p }) => -Math.log(Math.max(1e-6, has ? p : 1 - p)))),
    f1: (2 * found) / (yes.length + found + wrong),
  };
}

function summarise(set: TaggedSet, rows: number, saidShare: number, trials: readonly Trial[]): TagRowFigures {
  const D = set.train[0].embedding.values.length;
  const T = set.tags.length;
  const ofTag = (way: Ways, t: number, name: keyof TagQuality) => meanOf(trials.map((trial) => trial[way][t][name]));
  const mean = (way: Ways, name: keyof TagQuality) => meanOf(set.tags.map((_, t) => ofTag(way, t, name)));
  const quality = (way: Ways) => ({ auroc: mean(way, "auroc"), logLoss: mean(way, "logLoss"), f1: mean(way, "f1") });
  const gaps = set.tags.map((_, t) => ofTag("shared", t, "auroc") - ofTag("apart", t, "auroc"));
  const gram = 4 * packedLength(D);
  const sums = 2 * (8 * D + 8);
  return {
    set: set.set,
    tags: T,
    numbers: D,
    rows,
    saidShare,
    shared: quality("shared"),
    apart: quality("apart"),
    unsaidAsNo: quality("unsaidAsNo"),
    aurocGap: { mean: meanOf(gaps), error: standardError(gaps) },
    cost: {
      shared: { bytes: gram + T * sums, multiplyAdds: Math.round(D ** 3 / 6 + T * D ** 2) },
      apart: { bytes: T * (gram + sums), multiplyAdds: Math.round(T * (D ** 3 / 6 + 2 * D ** 2)) },
    },
  };
}

export function describeTagsHeading(): string {
  return [
    "| set (tags, numbers) | rows | said | AUROC: one Gram, apart, unsaid as no | gap (error) | log-loss | F1 | bytes | multiply-adds |",
    "|---|--:|--:|--:|--:|--:|--:|--:|--:|",
  ].join("\n");
}

export function describeTagsRow(row: TagRowFigures): string {
  const three = (name: keyof TagQuality) =>
    [row.shared, row.apart, row.unsaidAsNo].map((quality) => shortShare(quality[name], 3)).join(", ");
  const both = (name: "bytes" | "multiplyAdds") =>
    `${(row.cost.shared[name] / 1e6).toFixed(1)} M, ${(row.cost.apart[name] / 1e6).toFixed(1)} M`;
  const cells = [`${row.set} (${row.tags}, ${row.numbers})`, row.rows, row.saidShare, three("auroc")];
  return `| ${[...cells, shortGain(row.aurocGap), three("logLoss"), three("f1"), both("bytes"), both("multiplyAdds")].join(" | ")} |`;
}
