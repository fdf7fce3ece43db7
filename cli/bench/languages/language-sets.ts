/** What the benchmark of languages reads: reviews in two languages, held-out pairs, mails; each text encoded once. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { gunzip } from "node:zlib";
import type { EncodedText } from "../../evaluate/embed-texts.ts";
import type { NodeTextEmbedder } from "../../evaluate/node-text-embedder.ts";
import { type LabelledText, readTextList } from "../../import/text-list.ts";
import { EXAMPLE_MAILBOX_FILE, PROJECT_ROOT, sharedDir } from "../../shared/project-paths.ts";
import { encodeKept } from "../text/kept-texts.ts";
import { shuffled } from "../text/text-sets.ts";

export interface ReviewSets {
  readonly russian: readonly EncodedText[];
  readonly russianTest: readonly EncodedText[];
  readonly korean: readonly EncodedText[];
}

/** Throws `CommandError` where the shared lists are not there. */
export async function readReviews(encoder: NodeTextEmbedder): Promise<ReviewSets> {
  const folder = path.join(sharedDir(process.env), "data/text/sentiment-ru-ko");
  const [russian, russianTest, korean] = await Promise.all(
    ["train_ru", "test_ru", "fewshot_ko"].map(async (name) => {
      const { texts } = await readTextList(path.join(folder, `${name}.tsv`));
      return encodeKept(shuffled(texts, 1), encoder);
    }),
  );
  return { russian, russianTest, korean };
}

/** Texts without labels: those of `file`, or else Korean sentences of the parallel text, which are of other matters. */
export async function readUnlabelled(
  encoder: NodeTextEmbedder,
  file: string | undefined,
): Promise<{ texts: readonly EncodedText[]; from: string }> {
  const lines =
    file === undefined
      ? shuffled(await readPairs("ko"), 1).map(({ other }) => other)
      : (await readTextList(file, { isUnlabelled: true })).texts.map(({ text }) => text);
  const from = file === undefined ? "Korean of manuals and programs" : path.basename(file);
  return { texts: await encodeKept(lines.slice(0, MAX_UNLABELLED).map(label), encoder), from };
}

const MAX_UNLABELLED = 5_000;

export interface Pair {
  readonly english: string;
  readonly other: string;
}

/** The pairs that no training has seen; tools/sentences sets them aside by their lines. */
export async function readHeldOut(language: "ru" | "ko"): Promise<Pair[]> {
  const file = path.join(PROJECT_ROOT, "tools/sentences/held-out.json");
  const lines: Record<"ru" | "ko", number[]> = JSON.parse(await readFile(file, "utf8"));
  const pairs = await readPairs(language);
  return lines[language].map((line) => pairs[line - 1]); // the first line is the header
}

async function readPairs(language: "ru" | "ko"): Promise<Pair[]> {
  const file = path.join(sharedDir(process.env), `data/parallel/en-${language}.tsv.gz`);
  const text = (await promisify(gunzip)(await readFile(file))).toString();
  const [, ...rows] = text.trimEnd().split("\n");
  return rows.map((row) => {
    const [, english, other] = row.split("\t");
    return { english, other };
  });
}

export type MailLanguage = "english" | "russian" | "korean";

/** Thirty mails to a pizzeria: those of examples/mailbox.tsv, and their translations. */
export async function readMails(language: MailLanguage): Promise<LabelledText[]> {
  if (language === "english") return [...(await readTextList(EXAMPLE_MAILBOX_FILE)).texts];
  const file = path.join(import.meta.dirname, "mails.tsv");
  return [...(await readTextList(file, { columns: [language, "label"] })).texts];
}

/** A text that stands for itself. */
export function label(text: string): LabelledText {
  return { label: text, text };
}
