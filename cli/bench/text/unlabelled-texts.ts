/** Zero, one, two and five labels per class beside a description and all the other training texts, on one set. */
import type { Kernels } from "../../../src/head/kernels/kernels.ts";
import type { Head } from "../../../src/head/predict.ts";
import type { LabelledEmbedding } from "../../../src/head/statistics.ts";
import { USUAL_CHARACTERS } from "../../backbone/text-blocks.ts";
import { joinRows } from "../../evaluate/choose-blocks.ts";
import { encodeTexts } from "../../evaluate/embed-texts.ts";
import { type FewExamples, learnFromFew } from "../../evaluate/learn-from-few.ts";
import type { NodeTextEmbedder } from "../../evaluate/node-text-embedder.ts";
import { CommandError } from "../../shared/command.ts";
import { scoreHead } from "./text-judges.ts";
import { pickShots, type TextSet } from "./text-sets.ts";

export interface UnlabelledFigures {
  readonly set: string;
  readonly classes: number;
  /** Labels per class. */
  readonly shots: number;
  readonly draws: number;
  /** On the test texts, means over the draws. */
  readonly accuracy: {
    /** Labels without descriptions; null without labels. */
    readonly alone: number | null;
    /** With descriptions, where they are. */
    readonly unmoved: number;
    /** With descriptions, moved to where the texts lie. */
    readonly moved: number;
    /** With unlabelled texts as well, whatever the guard says. */
    readonly trained: number;
    /** What the guard lets through. */
    readonly served: number;
  };
  /** Draws in which it let the unlabelled texts through. */
  readonly allowed: number;
}

export interface UnlabelledOptions {
  readonly encoder: NodeTextEmbedder;
  readonly kernels: Kernels;
  /** Hears of each row of the table as it comes. */
  readonly onRow: (row: UnlabelledFigures) => void;
}

const SHOTS = [0, 1, 2, 5];
/** The guard repeats everything ten times, so sets with many classes get one draw. */
const DRAWS = 5;
const MANY_CLASSES = 20;

/** Words for the classes of mail; the intents of the other sets are described by their names. */
const DESCRIPTIONS: ReadonlyMap<string, string> = new Map([
  ["complaint", "a complaint"],
  ["question", "a question"],
  ["refund_request", "a refund request"],
]);

/** Throws `CommandError` where no head can be made. */
export async function measureUnlabelled(
  { set, train, test }: TextSet,
  { encoder, kernels, onRow }: UnlabelledOptions,
): Promise<UnlabelledFigures[]> {
  const classIds = [...new Set(train.map(({ classId }) => classId))].sort();
  const sentences = classIds.map((label) => ({ label, text: DESCRIPTIONS.get(label) ?? label.replaceAll("_", " ") }));
  const described = joinRows((await encodeTexts(sentences, "descriptions", encoder)).rows, USUAL_CHARACTERS).rows;
  const [taught, judged] = [joinRows(train, USUAL_CHARACTERS).rows, joinRows(test, USUAL_CHARACTERS).rows];
  return SHOTS.map((shots) => {
    const draws = shots === 0 || classIds.length > MANY_CLASSES ? 1 : DRAWS;
    const trials = Array.from({ length: draws }, (_, i) => {
      const labelled = shots === 0 ? [] : pickShots(taught, shots, i + 1);
      return runTrial({ described, labelled, taught, judged }, classIds, kernels);
    });
    const mean = (pick: (trial: Trial) => number) => trials.reduce((sum, trial) => sum + pick(trial), 0) / draws;
    const row = {
      set,
      classes: classIds.length,
      shots,
      draws,
      accuracy: {
        alone: shots === 0 ? null : mean(({ alone }) => alone),
        unmoved: mean(({ unmoved }) => unmoved),
        moved: mean(({ moved }) => moved),
        trained: mean(({ trained }) => trained),
        served: mean(({ served }) => served),
      },
      allowed: trials.filter(({ isAllowed }) => isAllowed).length,
    };
    onRow(row);
    return row;
  });
}

interface Parts {
  readonly described: readonly LabelledEmbedding[];
  readonly labelled: readonly LabelledEmbedding[];
  readonly taught: readonly LabelledEmbedding[];
  readonly judged: readonly LabelledEmbedding[];
}

type Trial = ReturnType<typeof runTrial>;

function runTrial({ described, labelled, taught, judged }: Parts, classIds: readonly string[], kernels: Kernels) {
  const drawn = new Set(labelled);
  const unlabelled = taught.filter((row) => !drawn.has(row)).map(({ embedding }) => embedding);
  const learn = (examples: FewExamples) => {
    const options = { classIds, kernels, priorExponent: 0, unknownAlpha: 0.05, isForJudgement: true };
    const learnt = learnFromFew(examples, options);
    if (!learnt.ok) throw new CommandError(learnt.error.message);
    return learnt.value;
  };
  const score = ({ head }: { head: Head }) => scoreHead(head, judged).accuracy;
  const all = learn({ descriptions: described, labelled, unlabelled });
  const [moved, trained] = [score(all.first), all.trained === null ? 0 : score(all.trained.fitted)];
  return {
    alone: labelled.length === 0 ? 0 : score(learn({ descriptions: [], labelled, unlabelled: [] }).served),
    unmoved: score(learn({ descriptions: described, labelled, unlabelled: [] }).served),
    moved,
    trained,
    served: all.served === all.first ? moved : trained,
    isAllowed: all.verdict?.isAllowed ?? false,
  };
}
