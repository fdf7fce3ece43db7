/** Notes what an answer was like for whoever operates the deployment. In memory: the answer waits for nothing, and nothing of the photo is kept. */
import type { Context } from "hono";
import type { Prediction } from "../head/predict.ts";
import type { AppEnv } from "./app-env.ts";

/** Counts an answer of the live head, which `headVersion` names. */
export function countAnswer(c: Context<AppEnv>, { scores, entropy, isUnknown }: Prediction, headVersion: number): void {
  const { answerCounter, clock } = c.get("services");
  answerCounter.count({ headVersion, isUnknown, entropy, items: scores.length }, clock());
}
