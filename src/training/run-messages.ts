/** What a run says of itself: the sentences of its report and its record, in one place for those who translate them. Pure. */
import type { StoredReplay } from "../store/head-record.ts";

/** How far a rebuild of the statistics is, and why it was begun. */
interface RebuildProgress {
  readonly examples: number;
  readonly reason: string;
}

/** What a run says of the head that it made. */
interface MadeHeadFigures {
  readonly version: number;
  readonly isLive: boolean;
  readonly replay: StoredReplay | null;
  readonly examples: number;
  readonly classCount: number;
  readonly accuracy: number | null;
}

/** The reason of a rebuild that nothing but an admin's wish calls for. */
export const ASKED_FOR = "asked for by an admin";

/** The Russian page recognises these sentences by pattern, so whoever changes one changes its pattern too. */
export const runMessages = {
  idle: () => "Nothing has changed since the newest head.",
  busy: (heldUntil: number) =>
    `Another run is at work; should it have died, the next one can start at ${new Date(heldUntil).toISOString()}.`,
  overtaken: () => "Another run did the same work first.",
  numberTaken: () =>
    "The number that this run was to write under is taken, though no other run was at work. The stored versions cannot go on: restore an export into a new database.",
  rebuilding: ({ reason, examples }: RebuildProgress) =>
    `Rebuilding the statistics (${reason}): ${examples} examples read so far. The next run goes on.`,
  /** `difference` is the largest one to the old statistics, null where there were none. */
  rebuilt: ({ reason, examples }: RebuildProgress, difference: number | null) => {
    const found =
      difference === null
        ? "there were none to compare them with"
        : `largest difference ${difference.toExponential(1)}`;
    return `Rebuilt the statistics from ${examples} examples (${reason}); ${found}.`;
  },
  withdrawn: () =>
    "The live head has seen examples that were to be forgotten and is withdrawn; a new one needs two active items with photos.",
  tooFewItems: (absorbed: number) => `Took in ${absorbed} labels; a head needs two active items with photos.`,
  unsolved: (fault: string) => `No head could be solved: ${fault}`,
  made: (
    { version, isLive, replay, examples, classCount, accuracy }: MadeHeadFigures,
    absorbed: number,
    gate: string,
  ) => {
    const measured = accuracy === null ? "" : `, leave-one-out accuracy ${(accuracy * 100).toFixed(1)} %`;
    const changes = replay === null ? "" : ` ${replay.changed} of ${replay.replayed} stored answers change.`;
    const what = `Head ${version} ${isLive ? "is live" : "waits for an admin"}: ${classCount} items, ${examples} examples, ${absorbed} labels taken in${measured}.`;
    const unchecked = examples === 0 ? " Nobody has checked it: it goes by descriptions alone." : "";
    return `${what}${unchecked} ${gate}${changes}`;
  },
};

/** Why a head goes live or not where there is nothing to compare or nothing to wait for; the gate words the other cases. */
export const gateReasons = {
  unopposed: () => "Goes live unopposed: no head was live.",
  forgetting: (liveVersion: number) =>
    `Goes live because head ${liveVersion} has seen examples that were to be forgotten.`,
  held: (liveVersion: number) => `Held: an admin has put head ${liveVersion} in place until further notice.`,
};
