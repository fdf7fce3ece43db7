/**
 * Label Studio's export "JSON": tasks with annotations, as versions old and new write them. Each task is read by itself, and one
 * that is odd is left out with its number and the reason. Pure.
 */
import { z } from "zod";
import { endsLikePhoto, keepValid, type ListOptions, type ReadRow } from "./labelled-list.ts";

const resultSchema = z.looseObject({
  type: z.string().optional(),
  from_name: z.string().optional(),
  to_name: z.string().optional(),
  value: z.looseObject({ choices: z.unknown().optional(), taxonomy: z.unknown().optional() }).optional(),
});
const annotationSchema = z.looseObject({
  was_cancelled: z.boolean().nullish(),
  ground_truth: z.boolean().nullish(),
  result: z.unknown().optional(),
});
const namedSchema = z.looseObject({ id: z.union([z.number(), z.string()]) });
const taskSchema = z.looseObject({
  data: z.union([z.record(z.string(), z.unknown()), z.string()]),
  annotations: z.unknown().optional(),
  completions: z.unknown().optional(),
});

type Result = z.infer<typeof resultSchema>;
type Annotation = z.infer<typeof annotationSchema>;

/** Whether this is one of its tasks, and not a row of another list. */
export function isTask(value: unknown): boolean {
  return typeof value === "object" && value !== null && "data" in value;
}

/** Reads one task; `index` from 0 on names it where it has no id. */
export function readTask(value: unknown, index: number, { columns }: ListOptions): ReadRow {
  const parsed = taskSchema.safeParse(value);
  const place = `task ${namedSchema.safeParse(value).data?.id ?? index + 1}`;
  if (!parsed.success) return { file: place, place, reason: "is not built as the tasks of Label Studio are" };
  const { data, annotations, completions } = parsed.data;
  const results = chooseResults(annotations ?? completions);
  const sources = findPhotos(data, columns?.[0], results[0]?.to_name);
  const file = sources[0] ?? place;
  if (sources.length === 0) return { file, place, reason: "names no photo" };
  if (sources.length > 1)
    return { file, place, reason: `names ${sources.length} photos, and one label for all of them` };
  const labels = findLabels(results, columns?.[1]);
  if (labels.length === 0) return { file, place, reason: "has no label yet", isUnlabelled: true };
  const distinct = new Map(labels.map((one) => [one.label, one]));
  if (distinct.size > 1) return { file, place, reason: describeLabels([...distinct.values()]) };
  return { place, source: file, label: labels[0].label };
}

/** A text of a task, as `readTask` reads a photo; empty strings where there is none, or no single label. */
export function readTextTask(
  value: unknown,
  row: string,
  names: readonly string[],
  columns: readonly [text: string, label: string] | undefined,
): { readonly text: string; readonly label: string; readonly place: string } {
  const parsed = taskSchema.safeParse(value);
  const id = namedSchema.safeParse(value).data?.id;
  const place = id === undefined ? row : `task ${id}`;
  if (!parsed.success) return { text: "", label: "", place };
  const { data, annotations, completions } = parsed.data;
  const fields = new Map(typeof data === "string" ? [["text", data]] : Object.entries(data));
  const wanted = columns === undefined ? names : [columns[0]];
  const text = wanted.map((name) => fields.get(name)).find((field) => typeof field === "string");
  const labels = new Set(findLabels(chooseResults(annotations ?? completions), columns?.[1]).map(({ label }) => label));
  const [label] = labels.size === 1 ? labels : [""];
  return { text: String(text ?? "").trim(), label, place };
}

/** The last annotation that is not empty; if some are marked as the truth, the last of these. */
function chooseResults(annotations: unknown): Result[] {
  const parsed = keepValid(toList(annotations), annotationSchema);
  const kept = parsed.filter((annotation) => annotation.was_cancelled !== true && readResults(annotation).length > 0);
  const chosen = kept.findLast((annotation) => annotation.ground_truth === true) ?? kept.at(-1);
  return chosen === undefined ? [] : readResults(chosen);
}

/** The choices of an annotation; ratings, boxes and relations are not labels. */
function readResults({ result }: Annotation): Result[] {
  return keepValid(toList(result), resultSchema).filter(
    ({ value }) => value?.choices !== undefined || value?.taxonomy !== undefined,
  );
}

interface FoundLabel {
  readonly control: string;
  readonly label: string;
}

function findLabels(results: readonly Result[], control: string | undefined): FoundLabel[] {
  const wanted = results.filter(({ from_name }) => control === undefined || from_name === control);
  return wanted.flatMap(({ from_name: name = "", value }) => {
    const choices = toList(value?.choices).filter((choice) => typeof choice === "string");
    // A taxonomy's label is a path from the widest term to the narrowest.
    const leaves = toList(value?.taxonomy).map((path) => toList(path).at(-1));
    const labels = [...choices, ...leaves.filter((leaf) => typeof leaf === "string")];
    return labels.filter((label) => label.trim() !== "").map((label) => ({ control: name, label: label.trim() }));
  });
}

function describeLabels(labels: readonly FoundLabel[]): string {
  const controls = [...new Set(labels.map(({ control }) => control))];
  if (controls.length === 1) return `has several labels: ${labels.map(({ label }) => label).join(", ")}`;
  return `has labels of several controls, ${controls.join(" and ")}: choose one with --columns "image,${controls[0]}"`;
}

/** The values of the field that holds images: the one that was asked for, otherwise the likeliest by name and content. */
function findPhotos(data: string | Record<string, unknown>, field?: string, toName?: string): string[] {
  if (typeof data === "string") return [toLocalPath(data)];
  const entries = Object.entries(data).map(([key, value]) => ({
    key,
    values: toList(value).filter((one) => typeof one === "string"),
  }));
  const scored = entries
    .filter(({ key, values }) => values.length > 0 && (field === undefined || key === field))
    .map((entry) => ({ ...entry, score: field === undefined ? scoreField(entry.key, entry.values[0], toName) : 1 }));
  const best = scored.reduce((a, b) => (b.score > a.score ? b : a), { values: [] as string[], score: 0 });
  return best.values.map(toLocalPath);
}

function scoreField(key: string, value: string, toName: string | undefined): number {
  const isPhoto = endsLikePhoto(value);
  const isStored = /^\/data\/|^(s3|gs|azure-blob):\/\//.test(value);
  const isAddress = /^https?:\/\//i.test(value);
  if (!isPhoto && !isStored && !isAddress) return 0;
  return (
    (isPhoto ? 8 : 0) + (isStored ? 4 : 0) + (/im(age|g)|photo|pic/i.test(key) ? 2 : 0) + (key === toName ? 2 : 0) + 1
  );
}

/** Its own addresses as paths beside the export: `/data/local-files/?d=a/1.jpg`, `/data/upload/3/1.jpg`. */
export function toLocalPath(source: string): string {
  return source
    .replace(/^\/data\/local-files\/\?d=/, "")
    .replace(/^\/data\//, "")
    .replace(/^(s3|gs|azure-blob):\/\/[^/]+\//, "");
}

/** Old and hand-made exports have one thing where others have a list of one. */
function toList(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}
