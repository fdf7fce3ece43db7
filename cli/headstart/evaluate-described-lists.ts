/** `headstart evaluate --descriptions`: reads the lists, has them judged, and says the result in words. */
import { MIN_UNLABELLED_PER_CLASS } from "../../src/head/policy.ts";
import { MIN_JUDGING_LABELS } from "../../src/shared/judging-labels.ts";
import { encodeTexts, takeShots } from "../evaluate/embed-texts.ts";
import { type DescribedEvaluation, evaluateDescribed } from "../evaluate/evaluate-described.ts";
import { describeLanguage } from "../evaluate/evaluate-in-language.ts";
import type { GuardVerdict } from "../evaluate/learn-from-few.ts";
import { createNodeTextEmbedder } from "../evaluate/node-text-embedder.ts";
import { readTextList } from "../import/text-list.ts";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { describeList, withTextBackbone } from "./evaluate-text-lists.ts";

export interface DescribedListFlags {
  readonly descriptions?: string;
  readonly unlabelled?: string;
  readonly train?: string;
  readonly test: string;
  readonly backbone?: string;
  readonly shots?: number;
  readonly suggest?: number;
  readonly seed: number;
}

export interface DescribedListResult extends DescribedEvaluation {
  readonly backbone: { readonly id: string; readonly name: string };
  /** What was guessed of the lists, and what was left out of them. */
  readonly notes: readonly string[];
}

/** Throws `CommandError` where the lists or the backbone cannot be used. */
export async function evaluateDescribedLists(
  flags: DescribedListFlags,
  options: { readonly priorExponent: number; readonly unknownAlpha: number },
): Promise<DescribedListResult> {
  return withTextBackbone(flags.backbone, async (placed) => {
    const encoder = await createNodeTextEmbedder(placed);
    const notes: string[] = [];
    async function read(file: string | undefined, isUnlabelled = false, shots?: number) {
      if (file === undefined) return [];
      const list = await readTextList(file, { isUnlabelled });
      const texts = shots === undefined ? list.texts : takeShots(list.texts, shots, flags.seed);
      const { rows, refused } = await encodeTexts(texts, file, encoder);
      notes.push(...describeList(file, list), ...refused.map((text) => `${text.file}: ${text.reason}`));
      return rows;
    }
    const texts = {
      descriptions: await read(flags.descriptions),
      labelled: await read(flags.train, false, flags.shots),
      unlabelled: await read(flags.unlabelled, true),
      test: await read(flags.test),
    };
    const { id, name } = placed.manifest;
    const { suggest } = flags;
    const evaluation = evaluateDescribed(texts, { ...options, suggest, kernels: loadHeadKernels() });
    return { ...evaluation, backbone: { id, name }, notes };
  });
}

/** The evaluation in lines for a person. */
export function describeDescribedLists(result: DescribedListResult): string {
  const {
    backbone,
    accuracy,
    examples,
    macroF1,
    logLoss,
    described,
    trainedOn,
    perClass,
    notes,
    selfTraining,
    unjudged,
    labelFirst,
    language,
  } = result;
  const width = Math.max(...perClass.map(({ classId }) => classId.length));
  return [
    ...notes,
    `Backbone ${backbone.name}; ${described} items described, ${trainedOn} labelled texts, tested on ${examples}.`,
    `accuracy   ${accuracy.toFixed(3)} (standard error ${Math.sqrt((accuracy * (1 - accuracy)) / examples).toFixed(3)})`,
    `macro-F1   ${macroF1.toFixed(3)}`,
    `log-loss   ${logLoss.toFixed(3)}`,
    ...(language === null ? [] : describeLanguage(language)),
    ...(selfTraining === null ? [] : describeSelfTraining(selfTraining, result.classIds.length)),
    ...(unjudged === 0 ? [] : [describeUnjudged(unjudged)]),
    ...(trainedOn === 0 ? ["Nobody has labelled a text: only the test list says how good this is."] : []),
    ...perClass.map(
      ({ classId, precision, recall }) =>
        `  ${classId.padEnd(width)}  precision ${precision.toFixed(2)}  recall ${recall.toFixed(2)}`,
    ),
    ...(labelFirst.length === 0 ? [] : ["Worth labelling first:", ...labelFirst.map((text) => `  ${shorten(text)}`)]),
  ].join("\n");
}

function describeUnjudged(texts: number): string {
  const why = `fewer than ${MIN_JUDGING_LABELS} labels, too few to say whether they help`;
  return `${texts} unlabelled texts were left out: their language has ${why}.`;
}

const SHOWN_CHARACTERS = 100;

function shorten(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}...` : text;
}

function describeSelfTraining(
  { unlabelled, used, accuracyWithout, accuracyWith, guard }: NonNullable<DescribedEvaluation["selfTraining"]>,
  classes: number,
): string[] {
  const verdict = guard.isAllowed ? "used" : "not used";
  return [
    `without the ${unlabelled} unlabelled texts ${accuracyWithout.toFixed(3)}, with the surest ${used} of them ${accuracyWith.toFixed(3)}`,
    `They are ${verdict}: ${describeVerdict(guard, unlabelled, classes)}.`,
  ];
}

function describeVerdict(guard: GuardVerdict, unlabelled: number, classes: number): string {
  if (guard.by === "labels") {
    const losses = `log-loss ${guard.lossWithout.toFixed(2)} and ${guard.lossWith.toFixed(2)}`;
    return `of ${guard.judged} labels left out ${guard.rightWithout} are right without them and ${guard.rightWith} with them, ${losses}`;
  }
  const needed = MIN_UNLABELLED_PER_CLASS * classes;
  return `no label can say whether they help, and there are ${unlabelled} where ${classes} items need ${needed}`;
}
