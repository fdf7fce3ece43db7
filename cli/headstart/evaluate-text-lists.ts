/** `headstart evaluate` on lists of texts: which backbone reads them, what is said of the lists and of the result. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { findPlacedTextBackbone, type PlacedTextBackbone } from "../backbone/placed-text-backbone.ts";
import { isTextBackbone, KNOWN_TEXT_BACKBONES, useTextBackbone } from "../backbone/text-backbones.ts";
import { describeEvaluation } from "../evaluate/describe-evaluation.ts";
import { describeLanguage } from "../evaluate/evaluate-in-language.ts";
import { evaluateTexts, type TextEvaluation } from "../evaluate/evaluate-texts.ts";
import { createNodeTextEmbedder } from "../evaluate/node-text-embedder.ts";
import { readTextList, type TextList } from "../import/text-list.ts";
import { CommandError } from "../shared/command.ts";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { ACTIVE_TEXT_BACKBONE_DIR } from "../shared/project-paths.ts";

export interface TextListFlags {
  readonly train: string;
  readonly test: string;
  readonly backbone?: string;
  readonly shots?: number;
  readonly seed: number;
  readonly secondStage?: boolean;
}

export interface TextListResult extends TextEvaluation {
  readonly backbone: { readonly id: string; readonly name: string };
  /** What was guessed of the lists, and rows that were left out of them. */
  readonly notes: readonly string[];
}

/** Throws `CommandError` where the lists or the backbone cannot be used. */
export async function evaluateTextLists(
  flags: TextListFlags,
  options: { readonly priorExponent: number; readonly unknownAlpha: number },
): Promise<TextListResult> {
  const [train, test] = [await readTextList(flags.train), await readTextList(flags.test)];
  const notes = [...describeList(flags.train, train), ...describeList(flags.test, test)];
  return withTextBackbone(flags.backbone, async (placed) => {
    const { id, name } = placed.manifest;
    const evaluation = await evaluateTexts(train.texts, test.texts, {
      ...options,
      encoder: await createNodeTextEmbedder(placed),
      kernels: loadHeadKernels(),
      shots: flags.shots,
      seed: flags.seed,
      withSecondStage: flags.secondStage ?? false,
    });
    return { ...evaluation, backbone: { id, name }, notes };
  });
}

/** The evaluation in lines for a person. */
export function describeTextLists(result: TextListResult): string {
  const { blocks, language, untaught, alsoLearnt, unreadShare, notes } = result;
  const tried = blocks.tried.map(({ characters, logLoss }) => `${characters}: ${logLoss?.toFixed(3) ?? "-"}`);
  return [
    ...notes,
    describeEvaluation(result, "text"),
    `characters ${blocks.characters} beside the encoder${tried.length === 0 ? "" : ` (leave-one-out log-loss at ${tried.join(", ")})`}`,
    ...(language === null ? [] : describeLanguage(language)),
    ...(untaught.texts > 0
      ? [
          `${untaught.texts} test texts have labels that were not taught and are left out: ${untaught.labels.join(", ")}`,
        ]
      : []),
    ...(alsoLearnt > 0 ? [`${alsoLearnt} test texts are also among those learnt from: the figures flatter.`] : []),
    ...(unreadShare > 0.2
      ? [
          `The encoder cannot read ${(100 * unreadShare).toFixed(0)} % of the characters: most of what is known comes from the letters.`,
        ]
      : []),
  ].join("\n");
}

const SHOWN_ROWS = 3;

/** What was guessed of a list, and rows that were left out of it, in lines for a person. */
export function describeList(file: string, { skipped, notes }: TextList): string[] {
  if (skipped.length === 0) return [...notes];
  const shown = skipped.slice(0, SHOWN_ROWS).map(({ row, reason }) => `${row} ${reason}`);
  const more = skipped.length > SHOWN_ROWS ? ", ..." : "";
  return [...notes, `${path.basename(file)}: ${skipped.length} rows left out (${shown.join(", ")}${more}).`];
}

/** The text backbone in place where it is the one asked for, otherwise one made for this and put away again. */
export async function withTextBackbone<T>(
  wanted: string | undefined,
  work: (placed: PlacedTextBackbone) => Promise<T>,
) {
  const [usual] = KNOWN_TEXT_BACKBONES;
  const name = wanted ?? usual.name;
  if (!(await isTextBackbone(name))) {
    const known = KNOWN_TEXT_BACKBONES.map((backbone) => backbone.name).join(", ");
    throw new CommandError(`Lists of texts are read by a text backbone: ${known}. "${name}" is none.`);
  }
  const placed = await findPlacedTextBackbone(ACTIVE_TEXT_BACKBONE_DIR).catch(() => undefined);
  if (placed?.manifest.name === name) return work(placed);
  const folder = await mkdtemp(path.join(tmpdir(), "headstart-evaluate-"));
  try {
    return await work(await useTextBackbone(name, path.join(folder, "active")));
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
