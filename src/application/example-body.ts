/** A labelled photo as the API shows it. */
import { toIsoTime } from "../shared/time.ts";
import type { LabelledExample } from "../store/examples.ts";

/** Times as ISO 8601 in UTC; `confirmedAt` is null until staff have said that a doubted label is right. `reads` is the deployment's modality. */
export function exampleBody(
  { createdAt, labelledAt, confirmedAt, looks, ...example }: LabelledExample,
  reads: "photos" | "texts",
) {
  return {
    ...example,
    ...showLooks(looks, reads),
    createdAt: new Date(createdAt).toISOString(),
    labelledAt: new Date(labelledAt).toISOString(),
    confirmedAt: toIsoTime(confirmedAt),
  };
}

/** Whether there is a picture to ask for, or how the text begins. */
export function showLooks(looks: string | null, reads: "photos" | "texts") {
  return reads === "photos" ? { picture: looks !== null, text: null } : { picture: false, text: looks };
}
