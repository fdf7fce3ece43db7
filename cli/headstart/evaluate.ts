/** `headstart evaluate`: will this work on my menu, or with my mail? Offline, on the Worker's own code. */
import { type Command, InvalidArgumentError } from "commander";
import type { Embedding } from "../../src/head/embedding.ts";
import type { LabelledEmbedding } from "../../src/head/statistics.ts";
import { NONE_ALIAS } from "../../src/shared/none-label.ts";
import type { PlacedBackbone } from "../backbone/placed-backbone.ts";
import { withBackbone } from "../backbone/with-backbone.ts";
import { describeEvaluation, type EvaluationResult } from "../evaluate/describe-evaluation.ts";
import { embedFolder } from "../evaluate/embed-folder.ts";
import { embedLoosePhotos } from "../evaluate/embed-photos.ts";
import { evaluateMenu } from "../evaluate/evaluate-menu.ts";
import { describePlace, evaluatePlace } from "../evaluate/evaluate-place.ts";
import { createNodeDecoder, createNodeEmbedder, PHOTO_LIMITS } from "../evaluate/node-embedder.ts";
import { isTextList } from "../import/text-list.ts";
import { CommandError } from "../shared/command.ts";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { describeDescribedLists, evaluateDescribedLists } from "./evaluate-described-lists.ts";
import { describeTextLists, evaluateTextLists } from "./evaluate-text-lists.ts";
import { print } from "./session.ts";

const HEAD_OPTIONS = { priorExponent: 0, unknownAlpha: 0.05 };

interface EvaluateFlags {
  readonly train?: string;
  readonly test: string;
  readonly descriptions?: string;
  readonly unlabelled?: string;
  readonly target?: string;
  readonly targetLabels?: string;
  readonly strangers?: string;
  readonly backbone?: string;
  readonly shots?: number;
  readonly suggest?: number;
  readonly seed: number;
  readonly secondStage?: boolean;
  readonly json?: boolean;
}

type TaughtFlags = EvaluateFlags & { readonly train: string };

async function evaluate(flags: TaughtFlags, placed: PlacedBackbone): Promise<EvaluationResult> {
  const common = { embedder: createNodeEmbedder(placed), decode: await createNodeDecoder(), limits: PHOTO_LIMITS };
  const train = await embedFolder(flags.train, { ...common, shots: flags.shots, seed: flags.seed });
  const test = await embedFolder(flags.test, { ...common, seed: 0 });
  const strange = flags.strangers === undefined ? null : await embedLoosePhotos(flags.strangers, common);
  const { id, name, output } = placed.manifest;
  const [taught, marked] = setMarkedAside(train.rows);
  const [judged, strangers] = setMarkedAside(test.rows);
  return {
    ...evaluateMenu(taught, judged, {
      ...HEAD_OPTIONS,
      marked,
      strangers: [...strangers, ...(strange?.embeddings ?? [])],
      dimension: output.dimension,
      kernels: loadHeadKernels(),
      withSecondStage: flags.secondStage ?? false,
    }),
    backbone: { id, name },
    decodeMs: median(test.decodeMs),
    embedMs: median(test.embedMs),
    refused: [...train.refused, ...test.refused, ...(strange?.refused ?? [])],
  };
}

/** The menu of `--train` in another place: `--test` holds photos of that place. */
async function evaluateTarget(flags: TaughtFlags, placed: PlacedBackbone) {
  const common = { embedder: createNodeEmbedder(placed), decode: await createNodeDecoder(), limits: PHOTO_LIMITS };
  const { train, target, targetLabels, test, shots, seed } = flags;
  const source = await embedFolder(train, { ...common, shots, seed });
  const unlabelled = target === undefined ? null : await embedLoosePhotos(target, common);
  const labelled = targetLabels === undefined ? null : await embedFolder(targetLabels, { ...common, seed });
  const judged = await embedFolder(test, { ...common, seed: 0 });
  const photos = {
    source: setMarkedAside(source.rows)[0],
    labelled: labelled?.rows ?? [],
    unlabelled: unlabelled?.embeddings ?? [],
    test: setMarkedAside(judged.rows)[0],
  };
  const { id, name } = placed.manifest;
  const refused = [source, unlabelled, labelled, judged].flatMap((part) => part?.refused ?? []);
  return { ...evaluatePlace(photos, { ...HEAD_OPTIONS, kernels: loadHeadKernels() }), backbone: { id, name }, refused };
}

/** A folder of photos that are not on the menu is called as in an import. */
function setMarkedAside(rows: readonly LabelledEmbedding[]): [LabelledEmbedding[], Embedding[]] {
  const isMarked = ({ classId }: LabelledEmbedding) => classId === NONE_ALIAS;
  return [rows.filter((row) => !isMarked(row)), rows.filter(isMarked).map(({ embedding }) => embedding)];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
}

function parseWhole(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 0) throw new InvalidArgumentError("a whole number is needed.");
  return value;
}

const EXAMPLES = `
A list of texts is a TSV, CSV or JSONL with the columns label and text. A subfolder ${NONE_ALIAS} of the training photos holds
photos that are marked as not on the menu.

Examples:
  headstart evaluate --train photos/train --test photos/test --shots 5
  headstart evaluate --train photos/train --test photos/test --strangers photos/other
  headstart evaluate --train photos/train --target terrace/photos --target-labels terrace/few --test terrace/test
  headstart evaluate --backbone sentences-en --train mail-train.tsv --test mail-test.tsv
  headstart evaluate --descriptions classes.tsv --unlabelled inbox.txt --test mail-test.tsv
  headstart evaluate --descriptions classes.tsv --unlabelled inbox.txt --train few.tsv --test mail-test.tsv --suggest 10`;

async function evaluateDescribed(flags: EvaluateFlags): Promise<void> {
  const result = await evaluateDescribedLists(flags, HEAD_OPTIONS);
  print(flags, result, () => describeDescribedLists(result));
}

async function evaluateLists(flags: TaughtFlags): Promise<void> {
  const result = await evaluateTextLists(flags, HEAD_OPTIONS);
  print(flags, result, () => describeTextLists(result));
}

/** Adds the subcommand. */
export function addEvaluate(program: Command): void {
  program
    .command("evaluate")
    .description("learns from some photos or texts and tests itself on others, offline")
    .option("--train <folder|file>", "to learn from: photos, one subfolder per item, or a list of texts")
    .requiredOption("--test <folder|file>", "to be judged on, in the same form")
    .option(
      "--descriptions <file>",
      "texts: sentences that describe the items, columns label and text; --train may be missing",
    )
    .option("--unlabelled <file>", "a list of unlabelled texts to learn from as well")
    .option("--suggest <n>", "name the n unlabelled texts to label first", parseWhole)
    .option("--target <folder>", "photos of a new place in any folders, unlabelled; --test holds photos of that place")
    .option(
      "--target-labels <folder>",
      "labelled photos of the new place, one subfolder per item: they choose what is served",
    )
    .option(
      "--strangers <folder>",
      "photos of nothing on the menu, in any subfolders: how many are told from the test photos",
    )
    .option("--backbone <name|file>", "use this backbone instead of the one in place, which stays there")
    .option("--shots <n>", "learn from n examples of each item only", parseWhole)
    .option("--seed <n>", "chooses which", parseWhole, 1)
    .option("--second-stage", "serve logistic regression instead if it wins on a part of the training data")
    .option("--json", "print JSON, and nothing else, on stdout")
    .addHelpText("after", EXAMPLES)
    .action(async (flags: EvaluateFlags) => {
      if (flags.descriptions !== undefined || flags.unlabelled !== undefined) return evaluateDescribed(flags);
      const { train } = flags;
      if (train === undefined) throw new CommandError("Say what to learn from: --train, or --descriptions for texts.");
      if (isTextList(train) || isTextList(flags.test)) return evaluateLists({ ...flags, train });
      if (flags.target !== undefined || flags.targetLabels !== undefined) {
        const outcome = await withBackbone(flags.backbone, (placed) => evaluateTarget({ ...flags, train }, placed));
        return print(flags, outcome, () => describePlace(outcome));
      }
      const result = await withBackbone(flags.backbone, (placed) => evaluate({ ...flags, train }, placed));
      print(flags, result, () => describeEvaluation(result));
    });
}
