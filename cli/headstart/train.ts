/** `headstart train`: starts a training run and follows it to the end, run after run until every label is learned. */
import { setTimeout as sleep } from "node:timers/promises";
import { SingleBar } from "cli-progress";
import type { Command } from "commander";
import { postJson } from "../import/api-client.ts";
import { CommandError, EXIT } from "../shared/command.ts";
import { type Run, runSchema } from "./answers.ts";
import { type CommonFlags, endWith, openSession, parseCount, print, type Session, withDeployment } from "./session.ts";

const PATH = "/v1/admin/training-runs";
const BUSY_PAUSE_MS = 2_000;
/** Nothing more to do, and nothing wrong. */
const FINE = new Set(["published", "absorbed", "idle", "overtaken"]);

interface TrainFlags extends CommonFlags {
  readonly rebuild?: boolean;
  readonly timeout: number;
}

/** Adds the subcommand. */
export function addTrain(program: Command): void {
  withDeployment(program.command("train"))
    .description("learns what is new, now, and follows it to the end")
    .option("--rebuild", "first make the statistics again from all labels")
    .option("--timeout <seconds>", "stop waiting after this; the server continues by its schedule", parseCount, 900)
    .addHelpText(
      "after",
      "\nExits with 5 when the new head was made but held back.\nExample: headstart train && headstart heads list",
    )
    .action(train);
}

async function train(flags: TrainFlags): Promise<void> {
  const run = await follow(await openSession(flags), flags);
  print(flags, run, () => describeRun(run));
  endWith(run.outcome === "held" ? EXIT.partly : FINE.has(run.outcome) ? EXIT.ok : EXIT.failed);
}

/** Runs until nothing is left. Another run under way is waited for. */
async function follow({ callOnce }: Session, { rebuild = false, timeout }: TrainFlags): Promise<Run> {
  const deadline = performance.now() + timeout * 1_000;
  const bar = createBar();
  try {
    for (let wanted = rebuild; ; ) {
      const run = await callOnce(runSchema, PATH, postJson({ rebuild: wanted }));
      bar.advance(run);
      if (run.outcome === "busy") await sleep(BUSY_PAUSE_MS);
      else {
        wanted = false; // asking for a rebuild again would begin it again
        if (!shouldGoOn(run)) return run;
      }
      if (performance.now() > deadline) {
        throw new CommandError(`Not finished after ${timeout} s: ${run.message ?? run.outcome}. The schedule goes on.`);
      }
    }
  } finally {
    bar.stop();
  }
}

/** Whether another run at once would get further: labels or a rebuild are left, and this run got somewhere. */
function shouldGoOn({ outcome, remaining, absorbed }: Run): boolean {
  if (outcome === "rebuilding") return true;
  return ["published", "absorbed", "held"].includes(outcome) && remaining > 0 && absorbed > 0;
}

/** Labels learned of those that wait; only on a terminal. */
function createBar() {
  if (process.stderr.isTTY !== true) return { advance() {}, stop() {} };
  const bar = new SingleBar({
    format: " {bar} {value}/{total} labels  {outcome}",
    clearOnComplete: true,
    hideCursor: true,
  });
  let learned = 0;
  return {
    advance({ absorbed, remaining, outcome }: Run) {
      learned += absorbed;
      bar.start(learned + remaining, learned, { outcome });
    },
    stop: () => bar.stop(),
  };
}

function describeRun({ outcome, remaining, message }: Run): string {
  const rest = remaining > 0 ? ` ${remaining} labels wait for the next run.` : "";
  return `${outcome}: ${message ?? ""}${rest}`;
}
