/** `headstart export`: saves a whole deployment in one file, or what it has learnt as a model for other programs. */
import { stat } from "node:fs/promises";
import path from "node:path";
import type { Command } from "commander";
import { CommandError, EXIT } from "../shared/command.ts";
import { requireDeployment } from "../shared/deployment.ts";
import { exportToFile } from "../transfer/export-file.ts";
import { warnOfEightBits } from "../transfer/exported-backbone.ts";
import { saveAnswer } from "../transfer/save-answer.ts";
import { createTransferProgress } from "../transfer/show-progress.ts";
import { headsSchema } from "./answers.ts";
import { type CommonFlags, openSession, parseCount, print, withDeployment } from "./session.ts";

interface ExportFlags extends CommonFlags {
  readonly onnx?: string;
  readonly head?: number;
  readonly withPictures?: boolean;
}

const EXAMPLES = `
Examples:
  headstart export backup.ndjson --on pizzeria
  headstart export all.ndjson --with-pictures
  headstart export --onnx menu.onnx         for ONNX Runtime in an app or on a server; examples/portable shows how
  headstart export --onnx mail.zip          the same of a deployment that reads texts, with its tokenizer`;

/** Adds the subcommand. */
export function addExport(program: Command): void {
  withDeployment(program.command("export"))
    .description("saves items, labelled embeddings, corrections, heads and the audit log in one file, and checks it")
    .argument("[file]", "where to save it; replaces an older file only when the new one is complete")
    .option("--with-pictures", "with the small pictures of examples, where the deployment keeps any")
    .option("--onnx <file>", "instead, save what the live head has learnt, with its backbone, as a model")
    .option("--head <version>", "with --onnx: another head than the live one", parseCount)
    .addHelpText("after", EXAMPLES)
    .action(saveExport);
}

async function saveExport(file: string | undefined, flags: ExportFlags): Promise<void> {
  if (flags.onnx !== undefined && file === undefined) return saveModel(flags.onnx, flags);
  if (flags.onnx !== undefined || file === undefined) {
    throw new CommandError("Name one file: `headstart export backup.ndjson`, or `--onnx menu.onnx`.", EXIT.usage);
  }
  const progress = createTransferProgress(process.stderr.isTTY === true);
  const saved = await exportToFile(await requireDeployment(flags), file, progress, {
    withPictures: flags.withPictures === true,
  });
  const counts = Object.entries(saved.counts).map(([kind, count]) => `${count} ${kind}`);
  print(flags, { file, ...saved }, () => `Saved ${file}: ${inMegabytes(saved.bytes)}, rows: ${counts.join(", ")}.`);
}

async function saveModel(file: string, flags: ExportFlags): Promise<void> {
  const from = await requireDeployment(flags);
  const head = flags.head ?? (await findLiveHead(flags));
  const progress = createTransferProgress(process.stderr.isTTY === true);
  const { bytes, warning } = await saveAnswer({
    from,
    file,
    progress,
    path: `/v1/admin/heads/${head}/onnx`,
    async check(draft, response) {
      const { size } = await stat(draft);
      requireWhole(size, response);
      const ending = response.headers.get("content-type") === "application/zip" ? ".zip" : ".onnx";
      requireEnding(file, ending);
      return { bytes: size, warning: ending === ".onnx" ? await warnOfEightBits(draft) : undefined };
    },
  });
  print(flags, { file, bytes, head }, () => `Saved ${file}: head ${head} with its backbone, ${inMegabytes(bytes)}.`);
  if (warning !== undefined) console.error(warning);
}

async function findLiveHead(flags: ExportFlags): Promise<number> {
  const { call } = await openSession(flags);
  const { liveVersion } = await call(headsSchema, "/v1/admin/heads?limit=1");
  if (liveVersion !== null) return liveVersion;
  throw new CommandError("Nothing has been learnt yet. Teach some items, then `headstart train`.");
}

function requireWhole(size: number, { headers }: Response): void {
  const announced = headers.get("content-length");
  if (announced === null || Number(announced) === size || headers.has("content-encoding")) return;
  throw new CommandError(`${size} of ${announced} bytes arrived. Try again.`, EXIT.unreachable);
}

/** A model called .zip, or an archive called .onnx, is opened by nobody. */
function requireEnding(file: string, ending: ".zip" | ".onnx"): void {
  if (path.extname(file).toLowerCase() === ending) return;
  const kind = ending === ".zip" ? "texts, and its model comes with a tokenizer, as a ZIP" : "photos, as one ONNX file";
  throw new CommandError(`This deployment reads ${kind}. Call the file something${ending}.`, EXIT.usage);
}

function inMegabytes(bytes: number): string {
  return `${(bytes / 1e6).toFixed(1)} MB`;
}
