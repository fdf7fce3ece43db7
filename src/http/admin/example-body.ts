/** A labelled photo as the API shows it. */
import { toIsoTime } from "../../shared/time.ts";
import type { LabelledExample } from "../../store/examples.ts";

/** Times as ISO 8601 in UTC; `confirmedAt` is null until staff have said that a doubted label is right. */
export function exampleBody({ createdAt, labelledAt, confirmedAt, ...example }: LabelledExample) {
  return {
    ...example,
    createdAt: new Date(createdAt).toISOString(),
    labelledAt: new Date(labelledAt).toISOString(),
    confirmedAt: toIsoTime(confirmedAt),
  };
}
