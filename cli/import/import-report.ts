/** What an import did, per class, and how that is said to a person. */
import { NONE_ID } from "../../src/shared/none-label.ts";
import type { LeftOut } from "./scan-folder.ts";

/** The fate of one class's photos. Every photo counts once. */
export interface ClassReport {
  readonly folder: string;
  readonly id: string;
  readonly created: boolean;
  readonly stored: number;
  readonly alreadyThere: number;
  /** Stored before under another label; now under this one. */
  readonly relabelled: number;
  /** Cannot be used; sending them again does not help. */
  readonly refused: readonly LeftOut[];
  /** Not sent or not answered; running the import again sends them. */
  readonly failed: readonly LeftOut[];
}

export interface ImportReport {
  readonly classes: readonly ClassReport[];
  readonly skipped: readonly LeftOut[];
  readonly hidden: number;
  readonly seconds: number;
}

const LISTED_FILES = 20;

/** True when every photo of the folder is now labelled on the server. */
export function isComplete({ classes }: ImportReport): boolean {
  return classes.every(({ refused, failed }) => refused.length === 0 && failed.length === 0);
}

/** The summary in lines for a person. */
export function describeReport(report: ImportReport): string {
  const { classes, skipped, hidden, seconds } = report;
  const count = (pick: (item: ClassReport) => number) => classes.reduce((total, item) => total + pick(item), 0);
  const width = Math.max(0, ...classes.map(({ folder }) => folder.length));
  const lines = classes.map((item) => `  ${item.folder.padEnd(width)}  ${describeClass(item)}`);
  const problems = [
    ...list(
      "Refused",
      classes.flatMap(({ refused }) => refused),
    ),
    ...list(
      "Failed; run the import again to send them",
      classes.flatMap(({ failed }) => failed),
    ),
    ...list("Left out", skipped),
  ];
  const total =
    `Stored ${count((item) => item.stored)}, already there ${count((item) => item.alreadyThere)}, ` +
    `relabelled ${count((item) => item.relabelled)}, refused ${count((item) => item.refused.length)}, ` +
    `failed ${count((item) => item.failed.length)}, in ${seconds.toFixed(1)} s.`;
  return [...lines, ...problems, ...(hidden > 0 ? [`Hidden files left out: ${hidden}`] : []), total].join("\n");
}

function describeClass({ id, created, stored, alreadyThere, relabelled, refused, failed }: ClassReport): string {
  const parts = [
    [stored, "stored"],
    [alreadyThere, "already there"],
    [relabelled, "relabelled"],
    [refused.length, "refused"],
    [failed.length, "failed"],
  ] as const;
  const counted = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  const note = created ? " (new item)" : id === NONE_ID ? " (not on the menu)" : "";
  return `${counted.join(", ") || "no photos"}${note}`;
}

function list(title: string, files: readonly LeftOut[]): string[] {
  if (files.length === 0) return [];
  const shown = files.slice(0, LISTED_FILES).map(({ file, reason }) => `  ${file}: ${reason}`);
  const more = files.length > LISTED_FILES ? [`  ... and ${files.length - LISTED_FILES} more (--json lists all)`] : [];
  return [`${title}:`, ...shown, ...more];
}
