/** Lists of plain JSON objects, one per photo: Label Studio's "JSON-MIN", and what other programs write. Pure. */

import { toLocalPath } from "./label-studio.ts";
import { endsLikePhoto, type ListOptions, type ReadRow } from "./labelled-list.ts";

type Fields = Readonly<Record<string, unknown>>;

/** What tools note beside the label. */
const NO_LABEL =
  /^(id|.*_id|annotator|.*_at|.*_by|lead_time|width|height|split|source|url|.*path|comment|note|notes)$/i;
const LABEL_FIELD = /^(choices?|label|labels|class|class_?name|category|item|tag|name)$/i;

/** Reads one object; `index` from 0 on. `rows`: all of the list, which show what a field holds. */
export function readJsonRow(value: unknown, index: number, rows: readonly unknown[], options: ListOptions): ReadRow {
  const place = `row ${index + 1}`;
  if (!isFields(value)) return { file: place, place, reason: "is not a JSON object" };
  const [photoField, labelField] = options.columns ?? findFields(rows);
  const source = photoField === undefined ? undefined : value[photoField];
  if (typeof source !== "string" || source === "") return { file: place, place, reason: "names no photo" };
  const labels = labelField === undefined ? [] : readLabels(value[labelField]);
  if (labels.length === 0) return { file: source, place, reason: "has no label yet", isUnlabelled: true };
  if (labels.length > 1) return { file: source, place, reason: `has several labels: ${labels.join(", ")}` };
  return { place, source: toLocalPath(source), label: labels[0] };
}

/** The field whose values end as photos do, and the one that holds labels, by name or because no other is left. */
function findFields(rows: readonly unknown[]): (string | undefined)[] {
  const objects = rows.filter(isFields);
  const names = [...new Set(objects.flatMap((row) => Object.keys(row)))];
  const count = (name: string, holds: (value: unknown) => boolean) => objects.filter((row) => holds(row[name])).length;
  const photos = names.map((name) => ({
    name,
    count: count(name, (value) => typeof value === "string" && endsLikePhoto(value)),
  }));
  const photo = photos.reduce((a, b) => (b.count > a.count ? b : a), { name: "", count: 0 });
  const candidates = names.filter(
    (name) => name !== photo.name && count(name, (value) => readLabels(value).length > 0) > 0,
  );
  const label = candidates.find((name) => LABEL_FIELD.test(name)) ?? candidates.find((name) => !NO_LABEL.test(name));
  return [photo.count > 0 ? photo.name : undefined, label];
}

/** "a", ["a"] or { "choices": ["a", "b"] }. */
function readLabels(value: unknown): string[] {
  if (typeof value === "string") return value.trim() === "" ? [] : [value.trim()];
  if (Array.isArray(value)) return value.filter((one) => typeof one === "string").flatMap(readLabels);
  return isFields(value) && "choices" in value ? readLabels(value.choices) : [];
}

function isFields(value: unknown): value is Fields {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
