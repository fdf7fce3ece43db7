/** The result of an evaluation in lines for a person. */
import type { LeftOut } from "../import/import-source.ts";
import type { MenuEvaluation, SecondStageOutcome } from "./evaluate-menu.ts";

export interface EvaluationResult extends MenuEvaluation {
  readonly backbone: { readonly id: string; readonly name: string };
  /** Medians over the test photos; texts are not decoded. */
  readonly decodeMs?: number;
  readonly embedMs: number;
  readonly refused: readonly LeftOut[];
}

/** Accuracy with its standard error, the other figures, one line per class, the confusion matrix, the cost. */
export function describeEvaluation(result: EvaluationResult, example: "photo" | "text" = "photo"): string {
  const { accuracy, examples, classIds, confusion, perClass, refused } = result;
  const standardError = Math.sqrt((accuracy * (1 - accuracy)) / examples);
  const width = Math.max(...classIds.map((id) => id.length));
  const cells = confusion.map((row) => row.map((count) => String(count).padStart(4)).join(""));
  const lines = perClass.map(({ classId, precision, recall }, k) => {
    const figures = `precision ${precision.toFixed(2)}  recall ${recall.toFixed(2)}`;
    return `  ${String(k + 1).padStart(3)} ${classId.padEnd(width)}  ${figures}  ${cells[k]}`;
  });
  return [
    `Backbone ${result.backbone.name}; trained on ${result.trainedOn} ${example}s, tested on ${examples}.`,
    `accuracy   ${accuracy.toFixed(3)} (standard error ${standardError.toFixed(3)})`,
    `macro-F1   ${result.macroF1.toFixed(3)}`,
    `log-loss   ${result.logLoss.toFixed(3)}`,
    `ECE        ${result.expectedCalibrationError.toFixed(3)}`,
    `unknown    ${result.unknown.toFixed(3)} of the test ${example}s, undecided ${result.undecided.toFixed(3)}`,
    ...describeStrangers(result),
    `leave-one-out on the training ${example}s  ${result.leaveOneOutAccuracy?.toFixed(3) ?? "not possible"}`,
    ...describeSecondStage(result.secondStage, example),
    `per ${example}  ${result.embedMs.toFixed(1)} ms backbone${describeDecoding(result)} (median)`,
    "Rows are the right item, the last columns the answers, in the same order:",
    ...lines,
    ...(refused.length > 0 ? ["Refused:", ...refused.map(({ file, reason }) => `  ${file}: ${reason}`)] : []),
  ].join("\n");
}

function describeStrangers({ strangers, marked }: EvaluationResult): string[] {
  const taught = marked === 0 ? [] : [`not on the menu  ${marked} photos to learn from are marked so`];
  if (strangers === null) return taught;
  const { auroc, found, falseAlarms } = strangers;
  const figures = `${found.toFixed(3)} found at ${falseAlarms.toFixed(3)} false alarms, AUROC ${auroc.toFixed(3)}`;
  return [...taught, `strangers  ${figures}`];
}

function describeSecondStage(outcome: SecondStageOutcome | null, example: string): string[] {
  if (outcome === null) return [];
  if (outcome.comparison === null) return [`second stage  not tried: too few ${example}s to judge it by`];
  const { discriminantLogLoss, logisticLogLoss, standardError, examples } = outcome.comparison;
  const verdict = outcome.isPromoted ? "promoted" : "not promoted";
  const losses = `log-loss ${logisticLogLoss.toFixed(3)} against ${discriminantLogLoss.toFixed(3)}`;
  const error = `standard error of the difference ${standardError.toFixed(3)}`;
  return [`second stage  ${verdict}: ${losses} on ${examples} ${example}s set aside (${error})`];
}

function describeDecoding({ decodeMs }: EvaluationResult): string {
  return decodeMs === undefined ? "" : `, ${decodeMs.toFixed(1)} ms decoding`;
}
