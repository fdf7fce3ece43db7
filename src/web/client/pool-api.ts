/** The admin routes about what the head is least sure of, as functions. */
import type { poolOperations } from "../../operations/pool.ts";
import { type Answer, callAdmin } from "./admin-api.ts";
import { answerOf, type Decoded, flag, list, nothing, nullable, number, object, text } from "./decode.ts";

const pooledSample = object({
  photo: text,
  thumbnail: nullable(text),
  text: nullable(text),
  reason: text,
  seenAt: text,
  answers: list(object({ label: text, score: number })),
});
/** A sample that waits for a label, with its copy where one is kept. */
export type PooledSample = Decoded<typeof pooledSample>;

const pool = answerOf<typeof poolOperations.listPool>()(object({ open: flag, samples: list(pooledSample) }));
/** `open` is false where the operator keeps nothing of the kind. */
export type Pool = Decoded<typeof pool>;

/** Those that teach most, unlike one another. */
export const fetchPool = () => callAdmin({ path: "/pool" }, pool);

/** Counts from the next training on. */
export function labelPooled(photo: string, label: string): Answer<void> {
  return callAdmin({ method: "POST", path: `/pool/${photo}`, json: { label } }, nothing);
}

/** It waits no longer, and teaches nothing. */
export function dismissPooled(photo: string): Answer<void> {
  return callAdmin({ method: "DELETE", path: `/pool/${photo}` }, nothing);
}
