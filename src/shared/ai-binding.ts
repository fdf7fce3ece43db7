/** The binding `AI` of Workers AI, for whatever asks one of its models. The caller knows what to ask and what the answer means. */
import { rejectOn } from "./reject-on.ts";

/** As far as it is used here. */
export interface AiBinding {
  run(model: string, input: object, options: { readonly signal: AbortSignal }): Promise<unknown>;
}

/** The binding of this environment; undefined where there is none. `wrangler types` names it only where wrangler.toml has it. */
export function findAiBinding(env: object): AiBinding | undefined {
  const ai = "AI" in env ? env.AI : undefined;
  return isAiBinding(ai) ? ai : undefined;
}

/** Asks a model. Rejects with the signal's reason when the signal ends, even if the service does not heed it; otherwise as the service does. */
export function runModel(ai: AiBinding, model: string, input: object, signal: AbortSignal): Promise<unknown> {
  return Promise.race([ai.run(model, input, { signal }), rejectOn(signal)]);
}

/** The number of a failure in the documentation's table ("Errors"), with which its message begins; undefined where it has none. */
export function readErrorNumber(message: string): string | undefined {
  return /\b([3-5]\d{3})\b/.exec(message.slice(0, 40))?.[1];
}

/** A decoder of a foreign value. */
function isAiBinding(value: unknown): value is AiBinding {
  return typeof value === "object" && value !== null && "run" in value && typeof value.run === "function";
}
