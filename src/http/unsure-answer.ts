/**
 * Which answers the pool may keep: those of the live head that it was unsure of, on samples that the server itself has read. Notes them
 * in the request's context; `middleware/pool-answers.ts` takes them from there when the answer has been made.
 */
import type { Context } from "hono";
import { marginOf } from "../head/choose-to-label.ts";
import type { Prediction } from "../head/predict.ts";
import type { UnsureAnswer } from "../store/pooled-samples.ts";
import type { AppEnv } from "./app-env.ts";
import type { Embedded } from "./modality/modality.ts";

/** Does nothing while the pool is closed. A device's embedding is never kept: anybody can make one up, and the photo was to stay there. */
export function noteUnsure(
  c: Context<AppEnv>,
  { sample, copy }: Pick<Embedded, "sample" | "copy">,
  { scores, isUnknown, isUndecided }: Prediction,
  { version: headVersion, isPinned }: { readonly version: number; readonly isPinned: boolean },
): void {
  const { config, clock } = c.get("services");
  if (config.pool.size === 0 || isPinned || sample.origin === "device" || !(isUnknown || isUndecided)) return;
  const [best] = scores;
  const unsure: UnsureAnswer = {
    ...{ sample, copy: config.pool.keepsCopies ? copy : undefined, headVersion },
    reason: isUnknown ? "unknown" : "undecided",
    ...{ answer: best?.classId ?? null, score: best?.score ?? 0 },
    margin: marginOf(scores),
    seenAt: clock(),
  };
  c.set("unsure", [...(c.get("unsure") ?? []), unsure]);
}
