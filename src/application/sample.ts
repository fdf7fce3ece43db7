/** A photo or a text that somebody sent, before and after the backbone has seen it. */
import { type Config, keepsOriginals, keepsPictures } from "../config.ts";
import type { Problem } from "../shared/problem.ts";
import type { Result } from "../shared/result.ts";
import type { EmbeddedSample } from "../store/labels.ts";
import type { TextLanguage } from "../text/language.ts";

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
