/** What can be wrong with the sums that a version is made of: why a rebuild begins, or no version comes out. */
import { sentenceOf } from "../sentence.ts";

const REBUILD = "rebuild the statistics from the stored examples.";
const TEACH = "teach at least two items with one example each.";
type Class = { id: string };

/** More examples were taken back than were ever added. */
export const negativeCount = sentenceOf(
  "negative_count",
  ({ id, count }: Class & { count: number }) => `Item ${id} counts ${count} examples: ${REBUILD}`,
);
/** The sum of an item's embeddings has overflowed, or was stored damaged. */
export const sumNotFinite = sentenceOf(
  "sum_not_finite",
  ({ id }: Class) => `The sum of item ${id} is not finite: ${REBUILD}`,
);
/** The sum belongs to another backbone. */
export const sumOfAnotherLength = sentenceOf(
  "sum_of_another_length",
  ({ id, found }: Class & { found: number }) => `The sum of item ${id} has ${found} numbers.`,
);
/** The sum of the embeddings' outer products has overflowed, or was stored damaged. */
export const gramNotFinite = sentenceOf("gram_not_finite", () => `The Gram matrix is not finite: ${REBUILD}`);
/** Some of its chunks are missing. */
export const gramCutOff = sentenceOf(
  "gram_cut_off",
  ({ found, needed }: { found: number; needed: number }) =>
    `The Gram matrix is stored in ${found} bytes but needs ${needed}.`,
);
/** Both are the sum of all squared lengths, kept apart to check each other. */
export const traceMismatch = sentenceOf(
  "trace_mismatch",
  ({ trace, norms }: { trace: number; norms: number }) =>
    `trace(G) is ${trace}, but the squared norms add up to ${norms}: ${REBUILD}`,
);
/** Embeddings have length one, so both numbers should agree. */
export const normsMismatch = sentenceOf(
  "norms_mismatch",
  ({ examples, norms }: { examples: number; norms: number }) =>
    `The items count ${examples} examples, but the squared norms add up to ${norms}.`,
);
/** The nightly job has counted the labels afresh. */
export const countsMismatch = sentenceOf(
  "counts_mismatch",
  ({ classes }: { classes: number }) => `The counts of ${classes} items disagree with their markers.`,
);
/** Rounding, or sums that do not belong together: the solver cannot go on. */
export const scatterNotPositive = sentenceOf(
  "scatter_not_positive",
  () => `The within-class scatter is not positive definite: ${REBUILD}`,
);
/** Nobody has given an example yet. */
export const nothingShown = sentenceOf(
  "nothing_shown",
  ({ classes }: { classes: number }) => `None of the ${classes} items has an example: ${TEACH}`,
);
/** With one item there is nothing to tell apart. */
export const onlyOneShown = sentenceOf("only_one_shown", ({ id }: Class) => `Only item ${id} has examples: ${TEACH}`);
/** Part of the examples was made by another backbone. */
export const embeddingsOfAnotherLength = sentenceOf(
  "embeddings_of_another_length",
  ({ length }: { length: number }) =>
    `The sample holds embeddings whose length is not ${length}: embed it again with this backbone.`,
);

/** Why a rebuild begins. */
export const rebuildAskedFor = sentenceOf("rebuild_asked_for", () => "An admin asked for it.");
/** Why a rebuild begins: an export holds no statistics. `file` is its SHA-256. */
export const exportRestored = sentenceOf(
  "export_restored",
  ({ file }: { file: string }) => `The export ${file} was restored.`,
);
/** Why a rebuild begins: labels have arrived, though not all. `file` is the export's SHA-256. */
export const restoreOfExportGivenUp = sentenceOf(
  "restore_of_export_given_up",
  ({ file }: { file: string }) => `A restore of the export ${file} was given up.`,
);
/** Why a rebuild begins: every embedding is another one now. */
export const backboneMoved = sentenceOf("backbone_moved", () => "The backbone was changed.");
/** What an older version stored in its own words. */
export const toldBefore = sentenceOf("told_before", ({ text }: { text: string }) => text);
