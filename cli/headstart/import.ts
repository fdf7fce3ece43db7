/** `headstart import`: teaches a deployment labelled photos (folders, lists and exports of other tools, or a ZIP of them) or texts. */
import { access } from "node:fs/promises";
import { type Command, InvalidArgumentError, Option } from "commander";
import { PURPOSES, type Purpose } from "../../src/shared/closed-lists.ts";
import { type ApiClient, createApiClient } from "../import/api-client.ts";
import { type Batching, photoBatching, textBatching } from "../import/batch-photos.ts";
import { describeReport, type ImportReport, isComplete, isEmpty, reportPlan } from "../import/import-report.ts";
import type { SourceSample } from "../import/import-source.ts";
import type { ListOptions } from "../import/labelled-list.ts";
import { withSource } from "../import/open-source.ts";
import { planImport } from "../import/plan-import.ts";
import type { ImportPlan } from "../import/plan-items.ts";
import { planTexts } from "../import/plan-texts.ts";
import { sendPlan } from "../import/send-plan.ts";
import { createProgress } from "../import/show-progress.ts";
import { isTextList, readTextList } from "../import/text-list.ts";
import { CommandError, EXIT } from "../shared/command.ts";
import { requireDeployment } from "../shared/deployment.ts";
import { type CommonFlags, confirm, endWith, print, withDeployment } from "./session.ts";

interface ImportFlags extends CommonFlags {
  readonly allowUrls?: boolean;
  readonly dryRun?: boolean;
  readonly overwrite?: boolean;
  readonly yes?: boolean;
  readonly columns?: readonly [string, string];
  readonly encoding?: string;
  readonly purpose?: Purpose;
}

const EXAMPLES = `
Reads folders, one per item (also in train, valid and test); .csv and .tsv with the columns path and label; Label Studio's
JSON, JSON-MIN and CSV; COCO's .json; and a .zip of any of these. What people have decided since the last import stays.
A column purpose with the words learn and test sets rows aside to test with (\`headstart help test-set\`).
A deployment that reads texts takes .tsv, .csv, .jsonl and Label Studio's .json with the columns label and text.
Exits with 5 when some photos or rows were refused or not sent, 1 when all were or there are none.
Examples:
  headstart import photos/              photos/hawaiian/1.jpg, photos/four_cheese/1.jpg, ...
                                        photos/_none/ or the label _none: what is not on the menu
  headstart import labels.csv --dry-run
  headstart import photos/test --purpose test    judged by, never learnt from
  headstart import list.tsv --columns "Bild,Gericht"
  headstart import mails.csv --columns "body,folder" --url http://127.0.0.1:8788`;

async function importSource(given: string, flags: ImportFlags): Promise<void> {
  const { columns, encoding } = flags;
  await access(given); // a mistyped path is said at once, whatever becomes of the server
  const deployment = await requireDeployment(flags);
  const client = createApiClient({ ...deployment, onRetry: (message) => console.error(message) });
  const list = { ...(columns === undefined ? {} : { columns }), ...(encoding === undefined ? {} : { encoding }) };
  const target = await client.whatItReads();
  const report =
    target.kind === "texts"
      ? await importTexts(given, list, client, flags)
      : await importPhotos(given, list, { client, maxImageBytes: target.maxImageBytes }, flags);
  print(flags, report, () => describeReport(report));
  const stored = !report.isDry && report.classes.some((item) => item.stored + item.relabelled > 0);
  if (stored && !flags.json) console.log("The next scheduled run learns them; `npx headstart train` does it at once.");
  if (isEmpty(report) && !flags.json) console.error(`There are no ${target.kind} in ${given}.`);
  endWith(exitCodeOf(report));
}

function importPhotos(
  given: string,
  list: ListOptions,
  { client, maxImageBytes }: { readonly client: ApiClient; readonly maxImageBytes: number },
  flags: ImportFlags,
): Promise<ImportReport> {
  return withSource(given, { ...list, allowUrls: flags.allowUrls === true }, async (source) => {
    const plan = await planImport(source, client, { isDry: flags.dryRun === true, maxImageBytes });
    return carryOut(plan, client, { batch: photoBatching(client, maxImageBytes), noun: "photo" }, flags);
  });
}

async function importTexts(
  given: string,
  list: ListOptions,
  client: ApiClient,
  flags: ImportFlags,
): Promise<ImportReport> {
  if (!isTextList(given)) {
    throw new CommandError(
      `This deployment reads texts, and ${given} is not a list of them. Import a .tsv, .csv, .jsonl or Label Studio's .json with a label and a text in each row.`,
      EXIT.usage,
    );
  }
  const plan = await planTexts(await readTextList(given, list), client);
  return carryOut(plan, client, { batch: textBatching(client), noun: "text" }, flags);
}

async function carryOut<S extends SourceSample>(
  plan: ImportPlan<S>,
  client: ApiClient,
  { batch, noun }: { readonly batch: Batching<S>; readonly noun: "photo" | "text" },
  flags: ImportFlags,
): Promise<ImportReport> {
  const overwrite = flags.overwrite === true;
  if (flags.dryRun) return reportPlan(plan, overwrite);
  if (overwrite) await confirmOverwrite(plan, flags.yes, noun);
  return sendPlan(plan, client, createProgress(process.stderr.isTTY === true, noun), {
    overwrite,
    batch,
    purpose: flags.purpose,
  });
}

function exitCodeOf(report: ImportReport) {
  if (isEmpty(report)) return EXIT.failed;
  if (isComplete(report)) return EXIT.ok;
  const isAnyThere = report.classes.some(
    (item) => item.stored + item.relabelled + item.alreadyThere + item.kept.length > 0,
  );
  return isAnyThere ? EXIT.partly : EXIT.failed;
}

/** Says how many decisions of people are about to be undone. Throws `CommandError` where that is not wanted. */
async function confirmOverwrite(
  { items }: ImportPlan<SourceSample>,
  isSure: boolean | undefined,
  noun: "photo" | "text",
): Promise<void> {
  const decided = items.flatMap((item) => item.decided);
  if (decided.length === 0) return;
  const forgotten = decided.filter(({ isForgotten }) => isForgotten).length;
  const question =
    `${have(decided.length - forgotten, noun)} another label now, ${have(forgotten, noun)} been forgotten. ` +
    "Give all of them the labels of this import?";
  if (!(await confirm(question, isSure))) throw new CommandError("Nothing was sent.");
}

function have(count: number, noun: "photo" | "text"): string {
  return count === 1 ? `1 ${noun} has` : `${count} ${noun}s have`;
}

function parseColumns(text: string): readonly [string, string] {
  const [photo, label, ...more] = text.split(",").map((name) => name.trim());
  if (photo && label && more.length === 0) return [photo, label];
  throw new InvalidArgumentError('two names or two numbers are needed, such as "filename,class" or "1,2".');
}

/** Adds the subcommand. */
export function addImport(program: Command): void {
  withDeployment(program.command("import"))
    .description(
      "teaches labelled photos or texts; safe to run again: what is stored, or what people have decided, stays",
    )
    .argument("<source>", "a folder with one subfolder per item, a list (.csv, .tsv, .json), or a .zip")
    .option("--dry-run", "say what would happen, photo by photo, and send nothing")
    .option(
      "--columns <photo,label>",
      "which columns of a list to read (a photo's or a text's first), by name or number",
      parseColumns,
    )
    .option("--encoding <name>", "the encoding of a list that is not in Unicode, such as windows-1251")
    .option("--allow-urls", "fetch the photos that a list names by their addresses")
    .addOption(
      new Option(
        "--purpose <word>",
        "what new ones are for: to learn from, or to test with and never to be learnt from",
      ).choices(PURPOSES),
    )
    .option("--overwrite", "also relabel and bring back what people have decided differently, after saying how much")
    .option("--yes", "do not ask before that")
    .addHelpText("after", EXAMPLES)
    .action(importSource);
}
