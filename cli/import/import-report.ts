/** What an import did or would do, per item, and how that is said to a person. Pure. */
import { toNameKey } from "../../src/shared/item-names.ts";
import type { LeftOut, SourceSample } from "./import-source.ts";
import type { ImportPlan, PlannedItem } from "./plan-items.ts";

/** The fate of one item's photos. Every photo counts once. */
export interface ClassReport {
  /** The folder or the label, as it was written. */
  readonly folder: string;
  /** What the item is or would be called. */
  readonly name: string;
  /** Null while the item has none. */
  readonly id: string | null;
  readonly created: boolean;
  readonly stored: number;
  readonly alreadyThere: number;
  /** Stored before under another label; now under this one. */
  readonly relabelled: number;
  /** Stored under another label, or forgotten, by people since: left as they are. */
  readonly kept: readonly LeftOut[];
  /** Cannot be used; sending them again does not help. */
  readonly refused: readonly LeftOut[];
  /** Not sent or not answered; running the import again sends them. */
  readonly failed: readonly LeftOut[];
}

export interface ImportReport {
  /** Nothing was sent: `stored` and `created` say what would be. */
  readonly isDry: boolean;
  readonly classes: readonly ClassReport[];
  /** Rows and photos that belong to no item. */
  readonly refused: readonly LeftOut[];
  readonly skipped: readonly LeftOut[];
  readonly hidden: number;
  /** What was taken for granted without being told. */
  readonly guesses: readonly string[];
  readonly seconds: number;
}

const LISTED_FILES = 20;

/** What is known of an item before anything is sent. */
export function reportItem(item: PlannedItem<SourceSample>, kept: readonly LeftOut[]): ClassReport {
  const { label: folder, target, toSend, alreadyThere, refused } = item;
  const name = target?.name ?? item.name;
  const listed = kept.map(({ file, place, reason }) => ({ file, reason, ...(place === undefined ? {} : { place }) }));
  return {
    folder,
    name,
    id: target?.id ?? null,
    created: false,
    stored: toSend.length,
    alreadyThere,
    relabelled: 0,
    kept: listed,
    refused,
    failed: [],
  };
}

/** What a plan would do. */
export function reportPlan({ items, ...rest }: ImportPlan<SourceSample>, overwrite: boolean): ImportReport {
  const classes = items.map((item): ClassReport => {
    const report = reportItem(item, overwrite ? [] : item.decided);
    const forgotten = item.decided.filter(({ isForgotten }) => isForgotten).length;
    const stored = item.toSend.length + (overwrite ? forgotten : 0);
    const relabelled = overwrite ? item.decided.length - forgotten : 0;
    return { ...report, created: item.target === null && stored + relabelled > 0, stored, relabelled };
  });
  return { ...rest, isDry: true, classes, seconds: 0 };
}

/** True when every photo is now labelled on the server, or stays as people decided. */
export function isComplete({ classes, refused }: Pick<ImportReport, "classes" | "refused">): boolean {
  return refused.length === 0 && classes.every((item) => item.refused.length === 0 && item.failed.length === 0);
}

/** True when there was nothing to import at all. */
export function isEmpty(report: Pick<ImportReport, "classes" | "refused">): boolean {
  const counts = report.classes.map((item) => item.stored + item.alreadyThere + item.relabelled + item.kept.length);
  return isComplete(report) && counts.every((count) => count === 0);
}

/** The summary in lines for a person. */
export function describeReport(report: ImportReport): string {
  const { classes, refused, skipped, hidden, guesses, isDry } = report;
  const width = Math.max(0, ...classes.map(({ folder }) => folder.length));
  const lines = classes.map((item) => `  ${item.folder.padEnd(width)}  ${describeClass(item, isDry)}`);
  const list = (title: string, files: readonly LeftOut[]) =>
    listFiles(title, files, isDry ? files.length : LISTED_FILES);
  const all = (pick: (item: ClassReport) => readonly LeftOut[]) => classes.flatMap(pick);
  return [
    ...guesses.map((guess) => `Note: ${guess}`),
    ...lines,
    ...list(
      "Kept as people decided; --overwrite gives them the labels of this import",
      all(({ kept }) => kept),
    ),
    ...list("Refused", [...refused, ...all((item) => item.refused)]),
    ...list(
      "Failed; run the import again to send them",
      all(({ failed }) => failed),
    ),
    ...list("Left out", skipped),
    ...(hidden > 0 ? [`Hidden files left out: ${hidden}`] : []),
    describeTotal(report),
  ].join("\n");
}

function describeTotal({ classes, refused, seconds, isDry }: ImportReport): string {
  const count = (pick: (item: ClassReport) => number) => classes.reduce((total, item) => total + pick(item), 0);
  const kept = count((item) => item.kept.length);
  const counts =
    `${count((item) => item.stored)}, already there ${count((item) => item.alreadyThere)}, ` +
    `${isDry ? "to relabel" : "relabelled"} ${count((item) => item.relabelled)}, ` +
    `${kept > 0 ? `kept ${kept}, ` : ""}refused ${refused.length + count((item) => item.refused.length)}`;
  if (isDry) return `Nothing was sent. To store ${counts}.`;
  return `Stored ${counts}, failed ${count((item) => item.failed.length)}, in ${seconds.toFixed(1)} s.`;
}

function describeClass(item: ClassReport, isDry: boolean): string {
  const parts = [
    [item.stored, isDry ? "to store" : "stored"],
    [item.alreadyThere, "already there"],
    [item.relabelled, isDry ? "to relabel" : "relabelled"],
    [item.kept.length, "kept"],
    [item.refused.length, "refused"],
    [item.failed.length, "failed"],
  ] as const;
  const counted = parts.filter(([number]) => number > 0).map(([number, word]) => `${number} ${word}`);
  const known = toNameKey(item.folder) === toNameKey(item.name) ? "" : ` (${item.name})`;
  return `${counted.join(", ") || "no photos"}${item.created ? " (new item)" : known}`;
}

function listFiles(title: string, files: readonly LeftOut[], most: number): string[] {
  if (files.length === 0) return [];
  const shown = files.slice(0, most).map(({ file, place, reason }) => {
    return `  ${place === undefined || place === file ? "" : `${place}, `}${file}: ${reason}`;
  });
  const more = files.length > most ? [`  ... and ${files.length - most} more (--json lists all)`] : [];
  return [`${title}:`, ...shown, ...more];
}
