/**
 * Why a version went live or was held back, in its owner's words, and the figures behind them for those who look closer. The
 * API says both in one sentence. Pure.
 */
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
import type { HeadVersion } from "./head-answers.ts";

const texts = kitchen.versions;

const COMPARED = /^(Not worse|Worse) than head (\d+)[:.]/;
const TAKEN =
  /^Waits for your word: with (\d+) new items ([\d.]+) % of \d+ photos .*, ([\d.]+) % by head (\d+)(?:; NEW_ITEMS_MAY_TAKE lets them take ([\d.]+) %)?\./;

/** The reason, or what is left to say when there is nothing to go back to. */
export function describeGate({ gate, purgedAt }: Pick<HeadVersion, "gate" | "purgedAt">): string {
  if (purgedAt !== null) return texts.gone;
  const reason = gate?.reason ?? "";
  const compared = COMPARED.exec(reason);
  if (compared !== null) {
    const [, verdict, version] = compared;
    return verdict === "Worse" ? texts.gate.worse(version) : texts.gate.notWorse(version);
  }
  const taken = TAKEN.exec(reason);
  if (taken === null) return kitchen.frame.apiText(reason);
  const [, items, now, before, version, mayTake] = taken;
  const whole = (share: string) => Math.round(Number(share));
  return texts.gate.taken(Number(items), whole(now), whole(before), version, mayTake ? whole(mayTake) : null);
}

/** The sentence with the gate's figures; empty where `describeGate` has said all. */
export function describeGateFigures({ gate, purgedAt }: Pick<HeadVersion, "gate" | "purgedAt">): string {
  const reason = gate?.reason ?? "";
  const isPutOtherwise = purgedAt === null && (COMPARED.test(reason) || TAKEN.test(reason));
  return isPutOtherwise ? kitchen.frame.apiText(reason) : "";
}
