/**
 * Bursts as one isolate sees them: a bucket of tokens per subject that fills at an even pace. The Rate Limiting binding counts for a
 * whole location; this works everywhere, at once, and says when to come again. Knows no clock.
 */
import { remember } from "./remember.ts";

/** `requests` at once, and as many again within `periodMs`. */
export interface BurstLimit {
  readonly requests: number;
  readonly periodMs: number;
}

/** Subjects are keys, networks or sites; each has a bucket of its own. */
export interface BurstBucket {
  /** Takes one token of the subject's. 0 when there was one, otherwise the ms until there is. */
  take(subject: string, nowMs: number): number;
  /** The same without taking it. */
  wait(subject: string, nowMs: number): number;
}

/** Subjects an isolate remembers: about a megabyte. Those forgotten start with a full bucket. */
const MAX_SUBJECTS = 10_000;

/** A subject may make `requests` calls at once, and one more every `periodMs / requests` ms after that. */
export function createBurstBucket({ requests, periodMs }: BurstLimit): BurstBucket {
  /** When the bucket will be full again, in Unix ms: all that there is to know about it. */
  const fullAt = new Map<string, number>();
  const msPerToken = periodMs / requests;

  /** No bucket takes longer to fill than its period: a time that says so was written before the clock was set back. */
  const fullTime = (subject: string, now: number) => {
    const at = fullAt.get(subject) ?? 0;
    return at > now + periodMs ? now : Math.max(at, now);
  };
  const fullAfterTaking = (subject: string, now: number) => fullTime(subject, now) + msPerToken;
  const wait = (subject: string, now: number) => Math.max(0, fullAfterTaking(subject, now) - now - periodMs);

  return {
    wait,
    take(subject, now) {
      const ms = wait(subject, now);
      if (ms > 0) return ms;
      remember(fullAt, subject, fullAfterTaking(subject, now), MAX_SUBJECTS);
      return 0;
    },
  };
}
