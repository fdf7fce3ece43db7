/**
 * A training run of a deployment that has two backbones. The labels' own backbone is trained as always, whichever of the two this Worker runs:
 * a run is arithmetic on stored embeddings. Then the second one's head is brought up to date; and where this Worker runs the second backbone,
 * since it was deployed with it, the two change places.
 */
import type { Database } from "../store/database.ts";
import { moveIn } from "../store/move-in.ts";
import { readHomeBackbone, readSecondSlot, type SecondSlot } from "../store/second-slot.ts";
import type { RunRequest, TrainingContext } from "./context.ts";
import { type RunReport, runTraining } from "./run.ts";
import { isSecondHeadDue, trainSecondHead } from "./second-head.ts";

/** A Worker of the former version may still get its last cron: by itself nothing moves back so soon. */
const MOVES_BACK_AFTER_MS = 3_600_000;

/** The slots as a run finds them: `home` has the examples. */
export interface Slots {
  readonly home: string;
  readonly second: SecondSlot;
}

/** Null where there is one backbone alone. Reads one row then, and two otherwise. */
export async function readSlots(db: Database): Promise<Slots | null> {
  const second = await readSecondSlot(db);
  if (second === null) return null;
  const home = await readHomeBackbone(db);
  return home === null ? null : { home, second };
}

/** `context` is of the backbone that this Worker runs; of a third one's it is refused as always. */
export async function runBoth(context: TrainingContext, request: RunRequest, slots: Slots): Promise<RunReport> {
  const { home, second } = slots;
  const { db, backboneId, clock, leaseMs } = context;
  const isHome = backboneId === home;
  if (!isHome && backboneId !== second.backboneId) return runTraining(context, request);
  const own = isHome ? context : { ...context, backboneId: home, dimension: second.homeDimension, words: undefined };
  const report = await runTraining(own, request);
  if (report.outcome === "busy" || report.outcome === "failed") return report;
  // -- a run that published has done its share of work; the next one, minutes later, finds nothing else to do
  const hasTime = request.trigger === "admin" || report.outcome === "idle" || !isHome;
  if (hasTime && (await isSecondHeadDue(own, second))) await trainAndTell(own, second, request);
  if (isHome || !mayMove(second, request, clock())) return report;
  const moved = await moveIn(db, home, second, { actor: request.trigger, now: clock(), leaseMs });
  return moved ? runTraining(context, request) : report;
}

async function trainAndTell(own: TrainingContext, second: SecondSlot, { trigger }: RunRequest): Promise<void> {
  const made = await trainSecondHead(own, second, trigger);
  const outcome = made.ok ? { version: made.value?.version ?? null } : { reason: made.error.text };
  console.log(JSON.stringify({ event: "second_head", backbone: second.name, ...outcome }));
}

function mayMove({ readyAt, movedAt }: SecondSlot, { trigger }: RunRequest, now: number): boolean {
  if (readyAt === null) return false;
  return trigger === "admin" || movedAt === null || now - movedAt > MOVES_BACK_AFTER_MS;
}
