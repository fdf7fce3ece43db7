/** A photo or a text that somebody sent, before and after the backbone has seen it. */
import { type Config, keepsOriginals, keepsPictures } from "../config.ts";
import { joinEmbeddings } from "../head/join-embeddings.ts";
import { photoOfSeveral } from "../shared/english/photos.ts";
import { sha256Hex } from "../shared/hash.ts";
import type { Problem, ProblemCode } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { EmbeddedSample } from "../store/labels/labels.ts";
import type { TextLanguage } from "../text/language.ts";
import type { Caller } from "./caller.ts";

/** Wall time of each step, in ms. Cloudflare's clock stands still while a request computes, so there they read 0. */
export interface EmbedTimes {
  readonly decodeMs: number;
  readonly embedMs: number;
}

/** What a sample became. */
export interface Embedded {
  readonly sample: EmbeddedSample;
  /** The copy that staff see where the sample waits for them; null where the sender has to bring one. */
  readonly preview: string | null;
  /** Makes the copy that the pool keeps for staff to see; absent where there is nothing to make it of. */
  readonly copy?: (() => Promise<string>) | undefined;
  /** Whether the backbone could read nothing of it; only of texts. */
  readonly isUnread?: boolean;
  /** Where they were taken. */
  readonly times?: EmbedTimes;
}

/** What is wanted of a sample beside its embedding. */
export interface EmbedWish {
  /** What it looked like, in `sample.picture`: for a sample that may become an example where the deployment keeps that. */
  readonly picture: boolean;
  /** The sample itself, in `sample.original`: for one that becomes an example with this request where the deployment keeps that too. */
  readonly original: boolean;
}

/** Of a sample that is asked about: nothing. */
export const NOTHING_KEPT: EmbedWish = { picture: false, original: false };

/** `countsAtOnce`: whether the label counts with this request; what waits for staff is kept as its picture alone. */
export function wishFor(config: Pick<Config, "keepPictures">, countsAtOnce: boolean): EmbedWish {
  return { picture: keepsPictures(config), original: countsAtOnce && keepsOriginals(config) };
}

/** One photo or text of a request: received, not looked into yet. */
export interface SentSample {
  /** Of the file that it came in; empty where there was none. */
  readonly name: string;
  /** What a text is written in, as far as its letters tell; absent with photos. */
  readonly language?: TextLanguage | null;
  /** By what it is known, without embedding it; null where it cannot be read. */
  identify(): Promise<string | null>;
  /** To be called once: the memory of what was sent is given back. */
  embed(wish?: EmbedWish): Promise<Result<Embedded, Problem>>;
}

/** What a request carries: one sample, or a list that is answered by a list. */
export interface SentSamples {
  readonly isList: boolean;
  /** At least one; a row of a list that is no sample has its own problem. */
  readonly rows: readonly Result<SentSample, Problem>[];
  /** The other fields of a form. */
  readonly fields: Readonly<Record<string, string>>;
}

/* Several photos of one thing, asked about as one: the sample is the mean of their embeddings, and gets one answer and one receipt. */

/** What is wrong with a photo, not with the deployment. */
const OF_ONE_PHOTO: ReadonlySet<ProblemCode> = new Set([
  ...(["empty_body", "body_too_large", "unsupported_media_type"] as const),
  ...(["not_an_image", "image_too_large", "image_broken", "invalid_embedding"] as const),
]);

/** What several photos became, and how many different ones there were. */
export interface Together {
  readonly embedded: Pick<Embedded, "sample" | "copy" | "times">;
  readonly photos: number;
}

/**
 * One that cannot be used refuses them all: an answer to fewer than were sent would not say so to whoever looks at it alone. Each counts like a
 * request against bursts and quotas. Equal photos count once, and the order does not matter.
 */
export async function embedTogether(
  { refuseOneMore }: Caller,
  rows: readonly Result<SentSample, Problem>[],
): Promise<Result<Together, Problem>> {
  const known = new Map<string, Embedded>();
  for (const [i, row] of rows.entries()) {
    const limit = i > 0 ? await refuseOneMore() : null;
    if (limit !== null) return err(limit);
    const embedded = row.ok ? await row.value.embed() : row;
    if (!embedded.ok) return err(rows.length > 1 ? nameOne(embedded.error, i, rows.length) : embedded.error);
    const { sampleId } = embedded.value.sample;
    if (!known.has(sampleId)) known.set(sampleId, embedded.value);
  }
  return ok({ embedded: await join([...known.values()]), photos: known.size });
}

/** Known by the hash of the photos' ids. The pool keeps the copy of the first. */
async function join(all: readonly Embedded[]): Promise<Together["embedded"]> {
  const [first] = all;
  const times = addTimes(all);
  if (all.length === 1) return { ...first, times };
  const ids = all.map(({ sample }) => sample.sampleId).sort();
  const sampleId = await sha256Hex(Uint8Array.fromHex(ids.join("")));
  const embedding = joinEmbeddings(all.map(({ sample }) => sample.embedding));
  return { sample: { ...first.sample, sampleId, embedding }, copy: first.copy, times };
}

function addTimes(all: readonly Embedded[]): EmbedTimes {
  const sumOf = (name: keyof EmbedTimes) => all.reduce((sum, { times }) => sum + (times?.[name] ?? 0), 0);
  return { decodeMs: sumOf("decodeMs"), embedMs: sumOf("embedMs") };
}

function nameOne(problem: Problem, index: number, of: number): Problem {
  if (!OF_ONE_PHOTO.has(problem.code)) return problem;
  const which = photoOfSeveral({ number: index + 1, of });
  return { ...problem, detail: `${which.text} ${problem.detail}`, says: [...which.says, ...problem.says] };
}
