/** COCO's JSON: images, categories, and annotations that join them. A photo takes the one category that it has. Pure. */
import { z } from "zod";
import { keepValid, type ReadRow } from "./labelled-list.ts";

const id = z.union([z.number(), z.string()]);
const imageSchema = z.looseObject({ id, file_name: z.string().min(1) });
const annotationSchema = z.looseObject({ image_id: id, category_id: id });
const categorySchema = z.looseObject({ id, name: z.string().min(1) });
const cocoSchema = z.looseObject({
  images: z.array(z.unknown()),
  annotations: z.array(z.unknown()),
  categories: z.array(z.unknown()),
});

/** The rows of such a file; null when it is none. */
export function readCoco(value: unknown): ReadRow[] | null {
  const file = cocoSchema.safeParse(value);
  if (!file.success) return null;
  const categories = new Map(keepValid(file.data.categories, categorySchema).map(({ id, name }) => [String(id), name]));
  const byImage = Map.groupBy(keepValid(file.data.annotations, annotationSchema), (one) => String(one.image_id));
  return file.data.images.map((image, i): ReadRow => {
    const { data } = imageSchema.safeParse(image);
    const place = `image ${data?.id ?? i + 1}`;
    if (data === undefined) return { file: place, place, reason: "has no id or no file_name" };
    const annotations = byImage.get(String(data.id)) ?? [];
    const labels = [...new Set(annotations.map((one) => categories.get(String(one.category_id)) ?? ""))];
    return labels.length === 1 && labels[0] !== ""
      ? { place, source: data.file_name, label: labels[0] }
      : { file: data.file_name, place, ...explain(labels) };
  });
}

function explain(labels: readonly string[]) {
  if (labels.length === 0) return { reason: "has no label yet", isUnlabelled: true };
  if (labels.includes("")) return { reason: "has a category that the file does not list" };
  return { reason: `shows several items: ${labels.join(", ")}` };
}
