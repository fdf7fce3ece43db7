/** `npx headstart`: one command for people who run a deployment. Each subcommand is a file in `headstart/`. */
import { Command, CommanderError } from "commander";
import project from "../package.json" with { type: "json" };
import { addClasses } from "./headstart/classes.ts";
import { addClassify } from "./headstart/classify.ts";
import { addDoctor } from "./headstart/doctor.ts";
import { addEvaluate } from "./headstart/evaluate.ts";
import { addExport } from "./headstart/export.ts";
import { addHeads } from "./headstart/heads.ts";
import { addImport } from "./headstart/import.ts";
import { addKeys } from "./headstart/keys.ts";
import { addLogin } from "./headstart/login.ts";
import { addPool } from "./headstart/pool.ts";
import { addRestore } from "./headstart/restore.ts";
import { addReview } from "./headstart/review.ts";
import { addTrain } from "./headstart/train.ts";
import { EXIT, runAsCommand } from "./shared/command.ts";

const HELP = `
From a checkout every example begins with npx: \`npx headstart doctor\`.
Which deployment: --url, --on <name>, HEADSTART_URL, the current login, else the local server of \`npm start\`.
Which key: --key, the login's, HEADSTART_KEY; the local server needs none.

Exit codes: 0 done, 1 failed, 2 wrong usage, 3 cannot reach the server, 4 access refused, 5 partly done, 130 interrupted.

Examples:
  headstart doctor                          is everything as it should be?
  headstart import photos/                  teach it photos, one folder per item
  headstart train                           learn them now
  headstart classify pizza.jpg --json       what is this?`;

function createProgram(): Command {
  const program = new Command("headstart")
    .description("Teaches, asks and looks after a Headstart deployment. `headstart help <command>` says more.")
    .version(project.version)
    .addHelpText("after", HELP)
    .showSuggestionAfterError()
    .exitOverride();
  const adders = [addDoctor, addLogin, addClassify, addImport, addTrain, addClasses, addReview, addPool];
  for (const add of [...adders, addHeads, addKeys, addExport, addRestore, addEvaluate]) add(program);
  return program;
}

/** Readers such as `head` may leave early; nobody is left to be told. */
process.stdout.on("error", (cause: NodeJS.ErrnoException) => {
  if (cause.code === "EPIPE") process.exit(EXIT.ok);
  throw cause;
});
process.once("SIGINT", () => process.exit(EXIT.interrupted)); // files are replaced in one step, batches can be repeated

runAsCommand(import.meta.url, async () => {
  try {
    await createProgram().parseAsync();
    return Number(process.exitCode ?? EXIT.ok);
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause;
    return cause.exitCode === 0 ? EXIT.ok : EXIT.usage; // commander has said it already
  }
});
