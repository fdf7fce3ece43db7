/** What a run finds: the menu, what is absorbed, which head is live and which is the newest. */

import { findHead, findNewestHead, type HeadSummary, nextHeadVersion, readLivePointer } from "../store/heads/heads.ts";
import { loadClassCounts } from "../store/learning/pending-labels.ts";
import { readStatisticsVersion } from "../store/learning/statistics.ts";
import { listCountedDescriptions } from "../store/menu/descriptions.ts";
import { listMenu } from "../store/menu/menu.ts";
import type { TrainingContext } from "./context.ts";
import type { TrainingState } from "./policy.ts";

/** `live` may be older than `newest`: an admin went back, or the gate held the newest one. */
export interface DeploymentState extends TrainingState {
  /** Active classes with absorbed examples or a description that counts, in menu order. */
  readonly classIds: readonly string[];
  readonly newest: HeadSummary | null;
  readonly live: HeadSummary | null;
  /** The number of the next head. */
  readonly nextVersion: number;
  /** True while an admin wants no other head to go live. */
  readonly isHeld: boolean;
}

/** Reads one row per class and a handful more; where items go by their words, one per described item too. */
export async function readState({ db, words }: Pick<TrainingContext, "db" | "words">): Promise<DeploymentState> {
  const { liveHead, archiveRevision, isHeld, secondBackbone } = await readLivePointer(db);
  const [newest, counts, described, menu, stored] = await Promise.all([
    findNewestHead(db),
    loadClassCounts(db),
    words === undefined ? new Set<string>() : listCountedDescriptions(db),
    listMenu(db),
    readStatisticsVersion(db),
  ]);
  const live = liveHead === null || liveHead === newest?.version ? newest : await findHead(db, liveHead);
  const classIds = menu.map((item) => item.id).filter((id) => (counts.get(id) ?? 0) > 0 || described.has(id));
  return {
    statisticsVersion: stored.version,
    forgetVersion: stored.forgetVersion,
    archiveRevision,
    trainableClasses: classIds.length,
    classIds,
    newest,
    live: liveHead === null ? null : live,
    // A second backbone's heads are numbered in the same row of numbers.
    nextVersion: secondBackbone === null ? (newest?.version ?? 0) + 1 : await nextHeadVersion(db),
    isHeld,
  };
}
