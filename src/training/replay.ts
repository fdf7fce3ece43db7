/** What guests would notice: stored embeddings through the live head and a new one, and which answers differ. Pure. */
import { type Head, predict } from "../head/predict.ts";
import type { StoredReplay } from "../store/head-record.ts";
import type { RecentEmbedding } from "../store/recent-embeddings.ts";

/** Changes that are kept by sample; the rest is only counted. */
const MAX_CHANGES_KEPT = 50;

/** Compares first answers. A class that `isServed` rejects (archived since) gets no score from either head. */
export function replayHeads(
  live: Head,
  candidate: Head,
  recent: readonly RecentEmbedding[],
  isServed: (classId: string) => boolean,
): StoredReplay {
  const answer = (head: Head, { embedding }: RecentEmbedding) =>
    predict(head, embedding, (classId) => !isServed(classId)).scores[0]?.classId ?? "";
  const changes = recent
    .map((row) => ({ photo: row.photo, from: answer(live, row), to: answer(candidate, row) }))
    .filter(({ from, to }) => from !== to);
  return { replayed: recent.length, changed: changes.length, changes: changes.slice(0, MAX_CHANGES_KEPT) };
}
