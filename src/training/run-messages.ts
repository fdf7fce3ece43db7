/** What a run tells of a rebuild and of the version that it made, put together of the sentences of the catalogue. Pure. */
import {
  accuracyMeasured,
  answersChange,
  rebuilding,
  rebuilt,
  rebuiltAndCompared,
  uncheckedByAnybody,
  waitsForAdmin,
  wentLive,
} from "../shared/english/runs.ts";
import { type Told, tellAll } from "../shared/sentence.ts";
import type { StoredGate, StoredReplay } from "../store/heads/head-record.ts";

/** How far a rebuild of the statistics is, and why it was begun. */
interface RebuildProgress {
  readonly examples: number;
  readonly reason: Told;
}

/** A head that was stored. */
export interface MadeHead {
  readonly version: number;
  readonly isLive: boolean;
  readonly gate: StoredGate;
  readonly replay: StoredReplay | null;
  readonly examples: number;
  readonly classCount: number;
  readonly accuracy: number | null;
}

/** What a rebuild says that the next run continues. */
export function tellRebuilding({ examples, reason }: RebuildProgress): Told {
  return tellAll([rebuilding({ examples }), reason]);
}

/** What a complete one says; `difference` is the largest one from the old statistics, null if there were none. */
export function tellRebuilt({ examples, reason }: RebuildProgress, difference: number | null): Told {
  const found = difference === null ? rebuilt({ examples }) : rebuiltAndCompared({ examples, difference });
  return tellAll([found, reason]);
}

/** What a new version says: what it is made from, whether it went live and why, and what it changes. */
export function tellMade(made: MadeHead, labels: number): Told {
  const { version, isLive, gate, replay, examples, classCount: items, accuracy } = made;
  return tellAll([
    (isLive ? wentLive : waitsForAdmin)({ version, items, examples, labels }),
    ...(accuracy === null ? [] : [accuracyMeasured({ accuracy })]),
    ...(examples === 0 ? [uncheckedByAnybody()] : []),
    { text: gate.reason, says: gate.says ?? [] },
    ...(replay === null ? [] : [answersChange({ changed: replay.changed, answers: replay.replayed })]),
  ]);
}
