/** `npx headstart`: one command for people who run a deployment. Each subcommand is a file in `headstart/`. */
import { Command, CommanderError } from "commander";
import project from "../package.json" with { type: "json" };
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

/** Each subcommand by its name, in the order of the help. */
const SUBCOMMANDS: ReadonlyMap<string, () => Promise<(program: Command) => void>> = new Map([
  ["doctor", async () => (await import("./headstart/doctor.ts")).addDoctor],
  ["login", async () => (await import("./headstart/login.ts")).addLogin],
  ["classify", async () => (await import("./headstart/classify.ts")).addClassify],
  ["import", async () => (await import("./headstart/import.ts")).addImport],
  ["train", async () => (await import("./headstart/train.ts")).addTrain],
  ["classes", async () => (await import("./headstart/classes.ts")).addClasses],
  ["review", async () => (await import("./headstart/review.ts")).addReview],
  ["pool", async () => (await import("./headstart/pool.ts")).addPool],
  ["test-set", async () => (await import("./headstart/test-set.ts")).addTestSet],
  ["reembed", async () => (await import("./headstart/reembed.ts")).addReembed],
  ["heads", async () => (await import("./headstart/heads.ts")).addHeads],
  ["keys", async () => (await import("./headstart/keys.ts")).addKeys],
  ["webhooks", async () => (await import("./headstart/webhooks.ts")).addWebhooks],
  ["export", async () => (await import("./headstart/export.ts")).addExport],
  ["backups", async () => (await import("./headstart/backups.ts")).addBackups],
  ["restore", async () => (await import("./headstart/restore.ts")).addRestore],
  ["evaluate", async () => (await import("./headstart/evaluate.ts")).addEvaluate],
]);

/**
 * With the subcommand that is asked for: to load them all takes longer than most of them do. With all of them where none is
 * asked for, for help and suggestions.
 */
async function createProgram(asked = ""): Promise<Command> {
  const one = SUBCOMMANDS.get(asked);
  const loads = one === undefined ? [...SUBCOMMANDS.values()] : [one];
  const program = new Command("headstart")
    .description("Teaches, asks and looks after a Headstart deployment. `headstart help <command>` says more.")
    .version(project.version)
    .addHelpText("after", HELP)
    .showSuggestionAfterError()
    .exitOverride();
  for (const add of await Promise.all(loads.map((load) => load()))) add(program);
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
    await (await createProgram(process.argv[2])).parseAsync();
    return Number(process.exitCode ?? EXIT.ok);
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause;
    return cause.exitCode === 0 ? EXIT.ok : EXIT.usage; // commander has said it already
  }
});
