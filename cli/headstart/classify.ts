/** `headstart classify`: asks what photos show, or what texts are about. */
import { readFile } from "node:fs/promises";
import { buffer } from "node:stream/consumers";
import type { Command } from "commander";
import { splitTextLines } from "../../src/shared/lines.ts";
import type { Call } from "../import/api-client.ts";
import { ApiError } from "../import/api-client.ts";
import { CommandError, EXIT, reasonOf } from "../shared/command.ts";
import { type Answer, answerSchema } from "./answers.ts";
import { classifyFolder, describeFolder, judgeFolder } from "./classify-folder.ts";
import { type Classified, classifyTexts, nameText } from "./classify-texts.ts";
import { classifyTogether } from "./classify-together.ts";
import { describeExplanation } from "./describe-explanation.ts";
import {
  type CommonFlags,
  endWith,
  formatTable,
  openGuestSession,
  parseCount,
  print,
  withDeployment,
} from "./session.ts";

interface ClassifyFlags extends CommonFlags {
  readonly top: number;
  readonly head?: number;
  readonly expect?: string;
  readonly explain?: number;
  readonly text?: readonly string[];
  readonly lines?: boolean;
  readonly csv?: string;
  readonly together?: boolean;
}

const HELP = `
Exits with 0 when every photo or text was answered; with --expect only when each was recognised as that item, else 1.
5: some photos could not be used. 1: none could.
Examples:
  headstart classify pizza.jpg
  headstart classify photos/*.jpg --json | jq -r '.results[] | [.file, .answer.predictions[0].label] | @tsv'
  headstart classify pizza.jpg --explain 5
  headstart classify --text "where is my refund?" --text "the soup was cold"
  pbpaste | headstart classify -                  one text
  headstart classify --lines mails.txt --json     every line is one; - for what is piped in
  headstart classify photos/ --csv answers.csv    a folder; run again, it goes on where it was
  headstart classify 1.jpg 2.jpg 3.jpg --together    three shots of one thing, one answer
  headstart classify hawaiian-1.jpg hawaiian-2.jpg --expect hawaiian`;

/** Adds the subcommand. */
export function addClassify(program: Command): void {
  withDeployment(program.command("classify"))
    .description("says what photos show, or what texts are about")
    .argument(
      "[files...]",
      "JPEG, PNG, WebP or GIF; of a deployment that reads texts, text files, or - for what is piped in",
    )
    .option("--text <text>", "a text instead of files; may be given again", addText)
    .option("--lines", "every line of the files is a text of its own")
    .option("--csv <file>", "write a row for every photo of a folder; skip those that have one")
    .option("--together", "the files are photos of one thing, and get one answer")
    .option("--top <n>", "answers per photo or text", parseCount, 3)
    .option("--head <version>", "ask another head than the live one", parseCount)
    .option("--expect <item>", "the item that every photo should show, by its id")
    .option("--explain <n>", "name the examples that spoke for each answer and against it (role review)", parseCount)
    .addHelpText("after", HELP)
    .action(classify);
}

async function classify(files: readonly string[], flags: ClassifyFlags): Promise<void> {
  const { call } = await openGuestSession(flags);
  const query = new URLSearchParams({
    top_k: String(flags.top),
    ...(flags.head && { head: String(flags.head) }),
    ...(flags.explain && { explain: String(flags.explain) }),
  });
  if (flags.csv !== undefined) return classifyOneFolder(call, files, flags.csv, query, flags);
  const results = flags.together
    ? [await classifyAsOne(call, files, flags, query)]
    : await classifyAll(call, files, flags, `/v1/classify?${query}`);
  print(flags, { results }, () => describe(results));
  endWith(judge(results, flags.expect));
}

async function classifyOneFolder(
  call: Call,
  [folder, ...others]: readonly string[],
  csv: string,
  query: URLSearchParams,
  flags: ClassifyFlags,
): Promise<void> {
  const isAlone =
    others.length === 0 && [flags.text, flags.lines, flags.together, flags.expect, flags.explain].every(isAbsent);
  if (folder === undefined || !isAlone) {
    throw new CommandError("--csv takes one folder, with --top and --head at most.", EXIT.usage);
  }
  const report = await classifyFolder(call, folder, csv, String(query));
  endWith(judgeFolder(report));
  print(flags, report, () => describeFolder(report));
}

function classifyAsOne(call: Call, files: readonly string[], { text, lines }: ClassifyFlags, query: URLSearchParams) {
  if ([text, lines].every(isAbsent)) return classifyTogether(call, files, query);
  throw new CommandError("--together takes photos: leave out --text and --lines.", EXIT.usage);
}

function isAbsent(option: unknown): boolean {
  return option === undefined;
}

function addText(text: string, before: readonly string[] = []): readonly string[] {
  return [...before, text];
}

async function classifyAll(call: Call, files: readonly string[], flags: ClassifyFlags, path: string) {
  const { text, lines } = flags;
  if ((files.length === 0) === (text === undefined)) {
    throw new CommandError("Name files, or give a text with --text.", EXIT.usage);
  }
  if (text !== undefined && text.length > 1) return classifyTexts(call, text, path);
  if (lines && text === undefined) return classifyTexts(call, await readLines(files), path);
  const results: Classified[] = [];
  for (const sent of text === undefined ? files.map(toSentFile) : text.map(toSentText)) {
    results.push(await classifySent(call, sent, path));
  }
  return results;
}

async function readLines(files: readonly string[]): Promise<string[]> {
  const lines: string[] = [];
  for (const file of files) {
    const bytes = await readSource(file).catch(reasonOf);
    if (typeof bytes === "string") throw new CommandError(`${file}: ${bytes}`, EXIT.usage);
    lines.push(...splitTextLines(new TextDecoder().decode(bytes)));
  }
  if (lines.length === 0) throw new CommandError("There is no line with a text in it.", EXIT.usage);
  return lines;
}

/** What is to be sent, by the name under which the answer is shown. */
interface Sent {
  readonly file: string;
  readonly type: string;
  readonly read: () => Promise<Uint8Array<ArrayBuffer>>;
}

const TEXT_TYPE = "text/plain; charset=utf-8";
function toSentText(text: string): Sent {
  return { file: nameText(text), type: TEXT_TYPE, read: async () => new TextEncoder().encode(text) };
}

function toSentFile(file: string): Sent {
  return { file, type: typeOf(file), read: () => readSource(file) };
}

async function readSource(file: string): Promise<Uint8Array<ArrayBuffer>> {
  return new Uint8Array(await (file === "-" ? buffer(process.stdin) : readFile(file)));
}

/** A file that cannot be used is a result; that the server is lost or refuses access ends the command. */
async function classifySent(call: Call, { file, type, read }: Sent, path: string): Promise<Classified> {
  const bytes = await read().catch(reasonOf);
  if (typeof bytes === "string") return { file, problem: bytes };
  const init = { method: "POST", headers: { "Content-Type": type }, body: bytes };
  try {
    return { file, answer: await call(answerSchema, path, init) };
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.code === "no_head") throw cause;
    return { file, problem: cause.message };
  }
}

/** By the name; the server looks at the bytes. */
function typeOf(file: string): string {
  if (file === "-" || /\.(txt|text|eml|md)$/i.test(file)) return TEXT_TYPE;
  const extension = /\.(png|webp|gif)$/i.exec(file)?.[1]?.toLowerCase();
  return `image/${extension ?? "jpeg"}`;
}

function judge(results: readonly Classified[], expected: string | undefined) {
  const answers = results.flatMap((result) => ("answer" in result ? [result.answer] : []));
  if (answers.length === 0) return EXIT.failed;
  const isExpected = ({ unknown, predictions }: Answer) => !unknown && predictions[0]?.label === expected;
  if (expected !== undefined && !answers.every(isExpected)) return EXIT.failed;
  return answers.length < results.length ? EXIT.partly : EXIT.ok;
}

/** Unlike anything taught, or between items of the menu: the name is then only what comes closest. */
function describeVerdict({ photos, ...answer }: Answer, name: string): string {
  const verdict = describeOne(answer, name);
  return photos === undefined ? verdict : `${verdict}, from ${photos} photos`;
}

function describeOne(
  { unknown, undecided, predictions }: Pick<Answer, "unknown" | "undecided" | "predictions">,
  name: string,
): string {
  if (unknown) return `unknown (${name}?)`;
  if (predictions[0]?.byDescription === true) return `${name} (by its description)`;
  return undecided ? `${name} (undecided)` : name;
}

function describe(results: readonly Classified[]): string {
  const rows = results.map((result) => {
    if (!("answer" in result)) return [result.file, "-", "", result.problem];
    const [first, ...others] = result.answer.predictions;
    const rest = others.map(({ name, score }) => `${name} ${score.toFixed(2)}`).join(", ");
    const name = describeVerdict(result.answer, first?.name ?? "?");
    return [result.file, name, first?.score.toFixed(2) ?? "", rest];
  });
  const explained = results.flatMap((result) =>
    "answer" in result && result.answer.explanation !== undefined
      ? [describeExplanation(result.file, result.answer.explanation)]
      : [],
  );
  return [formatTable(["FILE", "ANSWER", "SCORE", "OTHERWISE"], rows), ...explained].join("\n\n");
}
