/**
 * What a row of an import must be before it may touch the database. The file may be hostile: every column is checked for
 * its type by the table's own description, and for its meaning where it has one. Rows are checked, never changed: what is
 * stored is what the file says, byte for byte.
 */

import { z } from "zod";
import { decodeHead } from "../../head/codec.ts";
import { type Embedding, squaredNorm } from "../../head/embedding.ts";
import { NORM_TOLERANCE } from "../../head/embedding-message.ts";
import { storedFields } from "../../operations/class-fields.ts";
import { keptPictureSchema, thumbnailSchema } from "../../operations/sample-fields.ts";
import { NONE_ID } from "../../shared/none-label.ts";
import { type ExportHeader, MAX_COUNT, type RowKind } from "../../shared/transfer-format.ts";
import { decodeEmbedding, fromBase64, toBase64 } from "../../store/codecs.ts";
import { MAX_VALUE_BYTES } from "../../store/database.ts";
import { columnsOf, type TransferColumn } from "../../store/transfer/tables.ts";
import { MAX_PREVIEW_CHARACTERS } from "../../text/text-preview.ts";
import { headColumns } from "./head-schemas.ts";

/** D int8 values in the one spelling of base64 that we write, a float32 scale, and length 1. */
export function isUnitEmbedding(
  row: { readonly embedding?: unknown; readonly scale?: unknown },
  dimension: number,
): boolean {
  const { embedding: text, scale } = row;
  if (typeof text !== "string" || typeof scale !== "number" || !(scale > 0) || Math.fround(scale) !== scale)
    return false;
  const bytes = readBase64(text);
  if (bytes === null || bytes.length !== dimension) return false;
  const embedding: Embedding = decodeEmbedding({ embedding: text, scale });
  return !embedding.values.includes(-128) && Math.abs(squaredNorm(embedding) - 1) < NORM_TOLERANCE;
}

/** The bytes, or null where `text` is not what encoding them gives. */
function readBase64(text: string): Uint8Array | null {
  try {
    const bytes = fromBase64(text);
    return toBase64(bytes) === text ? bytes : null;
  } catch {
    return null;
  }
}

/** The last moment that a `Date` can say, in ms. */
const MAX_TIME_MS = 8.64e15;
const MAX_CONTRIBUTOR_CHARACTERS = 200;
const MAX_WORD_CHARACTERS = 100;
const MAX_DETAIL_CHARACTERS = 10_000;

type Shape = Record<string, z.ZodType>;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in lower-case hex");
const time = z.number().int().min(0).max(MAX_TIME_MS);
const count = z.number().int().min(0).max(MAX_COUNT);
/** What a photo may be labelled as: an item, or "not on the menu". */
const labelId = z.union([storedFields.id, z.literal(NONE_ID)]);
const contributor = z.string().max(MAX_CONTRIBUTOR_CHARACTERS);
const className = z.string().refine((text) => storedFields.name.safeParse(text).data === text, "is no name of an item");
const aliases = z.array(className).refine((given) => storedFields.aliases.safeParse(given).success, "are too many");
const names = z
  .record(z.string(), className)
  .refine((given) => isSame(storedFields.names.safeParse(given).data, given), "are not names by language");
const description = z.string().refine((text) => storedFields.description.safeParse(text).data === text, "is too long");

/** Checks for each kind of row in a file with this header. */
export function createRowSchemas(
  header: Pick<ExportHeader, "backboneId" | "dimension">,
  reads: "photos" | "texts",
): Record<RowKind, z.ZodType> {
  const { dimension } = header;
  const backboneId = z.literal(header.backboneId, "is not the backbone of the file");
  const sample = { photoId: sha256, backboneId, contributor, place: storedFields.id.nullable() };
  const isEmbedding = (row: object) => isUnitEmbedding(row, dimension);
  return {
    class: table("class", {
      id: storedFields.id,
      name: className,
      description,
      aliases,
      names,
      position: count,
      threshold: storedFields.threshold,
    }).refine(({ deletedAt, archivedAt }) => deletedAt === null || archivedAt !== null, "is deleted and on the menu"),
    merge: z
      .strictObject({ kind: z.literal("merge"), id: storedFields.id, into: storedFields.id })
      .refine(({ id, into }) => id !== into, "merges an item into itself"),
    example: table("example", {
      ...sample,
      labelledBy: contributor.nullable(),
      classId: labelId.nullable(),
      absorbedClassId: labelId.nullable(),
    }).refine(isEmbedding, NO_EMBEDDING),
    picture: table("picture", {
      photoId: sha256,
      thumbnail: reads === "photos" ? keptPictureSchema : z.string().min(1).max(MAX_PREVIEW_CHARACTERS),
    }),
    review: table("review", {
      ...sample,
      classId: labelId,
      guess: storedFields.id.nullable(),
      thumbnail: thumbnailSchema.nullable(),
    })
      .refine((row) => isDropped(row) || isEmbedding(row), NO_EMBEDDING)
      .refine((row) => row.status !== "pending" || !isDropped(row), "waits for a decision without an embedding"),
    head: table("head", { ...headColumns, backboneId }).superRefine((row, context) => {
      const fault = findHeadFault(row, dimension);
      if (fault !== null) context.addIssue({ code: "custom", path: ["weights"], message: fault });
    }),
    audit: table("audit", {
      id: count.min(1),
      actor: z.string().max(MAX_WORD_CHARACTERS),
      action: z.string().max(MAX_WORD_CHARACTERS),
      detail: z.string().max(MAX_DETAIL_CHARACTERS).refine(isJsonObject, "is not a JSON object"),
    }),
    statistics: table("statistics", {
      backboneId,
      version: count.min(1),
      dimension: z.literal(dimension),
      forgetVersion: count,
    }).refine(
      ({ version, forgetVersion }) => Number(forgetVersion) <= Number(version),
      "has forgotten in a later version",
    ),
    deployment: table("deployment", { liveHead: count.nullable(), archiveRevision: count }),
  };
}

const NO_EMBEDDING = { path: ["embedding"], message: "is not a stored embedding of unit length" };

function table(kind: Exclude<RowKind, "merge">, meanings: Shape): z.ZodObject<Shape> {
  const columns = columnsOf(kind).map((column) => [column.name, meanings[column.name] ?? schemaOf(column)] as const);
  return z.strictObject({ kind: z.literal(kind), ...Object.fromEntries(columns) });
}

function schemaOf({ name, type, isNullable, values }: TransferColumn): z.ZodType {
  const schema = name === "at" || name.endsWith("At") ? time : values === undefined ? BY_TYPE[type] : z.enum(values);
  return isNullable ? schema.nullable() : schema;
}

const BY_TYPE: Readonly<Record<TransferColumn["type"], z.ZodType>> = {
  text: z.string().max(MAX_VALUE_BYTES),
  integer: count,
  real: z.number().min(0).max(1),
  boolean: z.boolean(),
  json: z.json(),
};

function isDropped(row: Readonly<Record<string, unknown>>): boolean {
  return row.embedding === null && row.scale === null;
}

/** Null where the weights are the head that the row describes, or are gone and the row says so. */
function findHeadFault(row: Readonly<Record<string, unknown>>, dimension: number): string | null {
  if (row.purgedAt !== null) {
    const parts = [row.scorecard, row.replay, row.details, row.mistakes];
    return row.weights === "" && parts.every((part) => part === null)
      ? null
      : "a purged head has nothing of its photos left";
  }
  const bytes = readBase64(String(row.weights));
  if (bytes === null) return "are not base64";
  const head = decodeHead(bytes);
  if (!head.ok) return head.error.message;
  if (head.value.dimension !== dimension) return `are for embeddings of ${head.value.dimension} numbers`;
  if (JSON.stringify(head.value.classIds) !== JSON.stringify(row.classIds)) return "name other items than the row";
  const isMiscounted = Array.isArray(row.classCounts) && row.classCounts.length !== head.value.classIds.length;
  if (isMiscounted) return "are of another number of items than `classCounts`";
  return namesOtherItems(row.mistakes, head.value.classIds.length)
    ? "are of fewer items than `mistakes` tells of"
    : null;
}

function namesOtherItems(mistakes: unknown, items: number): boolean {
  return Array.isArray(mistakes) && mistakes.some(([, given, answered]) => Math.max(given, answered) >= items);
}

function isSame(a: unknown, b: unknown): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

function isJsonObject(text: string): boolean {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null && !Array.isArray(value);
  } catch {
    return false;
  }
}
