/**
 * Why a version went live or was held back, in its owner's words, and the figures behind them for those who look closer. Pure.
 */
import type { Sentence } from "../../shared/sentence.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { HeadVersion } from "./head-answers.ts";

const texts = kitchen.gate;

/** The reason, or what is left to say when there is nothing to go back to. */
export function describeGate({ gate, purgedAt }: Pick<HeadVersion, "gate" | "purgedAt">): string {
  if (purgedAt !== null) return texts.gone;
  if (gate === null) return "";
  // An older version stored words alone; its figures come behind a colon.
  if (gate.says.length === 0) return gate.reason.split(":")[0];
  return putOtherwise(gate.says) ?? kitchen.frame.tell(gate.reason, gate.says);
}

/** The sentence with the gate's figures; empty where `describeGate` has said all. */
export function describeGateFigures({ gate, purgedAt }: Pick<HeadVersion, "gate" | "purgedAt">): string {
  if (gate === null || purgedAt !== null) return "";
  const hasSaidAll = gate.says.length > 0 && putOtherwise(gate.says) === null;
  return hasSaidAll ? "" : kitchen.frame.tell(gate.reason, gate.says);
}

/** Without the figures that only those want who look closer; null for a reason that has none. */
function putOtherwise([{ code, params }]: readonly Sentence[]): string | null {
  const whole = (share: string | number) => Math.round(100 * Number(share));
  const version = String(params.version);
  switch (code) {
    case "worse":
      return texts.worse(version);
    case "not_worse":
      return texts.notWorse(version);
    case "new_items_take":
      return texts.taken(Number(params.items), whole(params.now), whole(params.before), version, whole(params.mayTake));
    default:
      return null;
  }
}
