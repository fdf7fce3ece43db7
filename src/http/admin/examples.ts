/** Photos or texts of a menu item, one or many at a time, and the question which of them are stored already. */
import { type Context, Hono } from "hono";
import { z } from "zod";
import type { TextReader } from "../../backbone/text-reader.ts";
import { type Problem, problem } from "../../shared/problem.ts";
import { ok } from "../../shared/result.ts";
import { requireSameBackbone } from "../../store/backbone-guard.ts";
import type { Database } from "../../store/database.ts";
import { findForgotten } from "../../store/forgotten-samples.ts";
import { type EmbeddedSample, findLabels, type LabelOutcome, labelSamples } from "../../store/labels.ts";
import { requireLabel } from "../../store/menu.ts";
import type { AppEnv } from "../app-env.ts";
import { readLabeller } from "../contributor.ts";
import { embedPhoto } from "../embed-photo.ts";
import { embedText, findTextId } from "../embed-text.ts";
import { queueCorrection } from "../labels.ts";
import type { UploadedFile } from "../multipart.ts";
import { readsPhotosOnly } from "../other-modality.ts";
import { readPhotoBody } from "../photo-body.ts";
import { respondProblem } from "../problem-response.ts";
import { checkFields, isMultipart, readJson, readMultipart } from "../request-body.ts";
import { MAX_TEXT_BATCH_BYTES, MAX_TEXTS_PER_REQUEST, readSentTexts } from "../text-body.ts";

/** Photos of one upload; a client sends more in several requests. */
export const MAX_PHOTOS_PER_REQUEST = 50;
/** A batch is held in memory while its photos are embedded one by one: no more than the room that all photos share. */
export const MAX_BATCH_BYTES = 12 * 1024 * 1024;
/** Hashes of one question "which of these do you have?". */
export const MAX_KNOWN_PHOTOS = 1_000;

/** The query of uploads: staff by hand, or a command that imports folders. */
export const examplesQuery = z.object({
  source: z
    .enum(["admin", "import"])
    .default("admin")
    .meta({ description: "What the examples are listed as having come from" }),
});
/** The body of `POST /v1/admin/examples/known`: hashes of photos, or texts, never both. */
export const knownSchema = z.union(
  [
    z.strictObject({
      photos: z.array(z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in lower-case hex")).max(MAX_KNOWN_PHOTOS),
    }),
    z.strictObject({ texts: z.array(z.string()).max(MAX_TEXTS_PER_REQUEST) }),
  ],
  { error: `send up to ${MAX_KNOWN_PHOTOS} photos by their SHA-256, or up to ${MAX_TEXTS_PER_REQUEST} texts` },
);

interface PhotoResult {
  readonly file: string;
  readonly photo: string | null;
  readonly status: Exclude<LabelOutcome, "contested"> | "pending" | "refused";
  readonly problem?: Problem;
}

/** Mounted at `/v1/admin`. */
export const exampleRoutes = new Hono<AppEnv>()
  .post("/examples/known", async (c) => {
    const body = await readJson(c, knownSchema, MAX_TEXT_BATCH_BYTES);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, loadEmbedder } = c.get("services");
    if ("photos" in body.value) return c.json(await findKnown(db, body.value.photos));
    const backbone = await loadEmbedder();
    if (backbone.modality !== "text") return respondProblem(c, readsPhotosOnly());
    const samples = await Promise.all(body.value.texts.map((text) => findTextId(c, backbone, text)));
    return c.json({
      ...(await findKnown(
        db,
        samples.filter((id) => id !== null),
      )),
      samples,
    });
  })
  .post("/classes/:id/examples", async (c) => {
    const query = checkFields(c.req.query(), examplesQuery);
    if (!query.ok) return respondProblem(c, query.error);
    const { db, loadEmbedder } = c.get("services");
    const item = await requireLabel(db, c.req.param("id"));
    if (!item.ok) return respondProblem(c, item.error);
    const classId = item.value;
    const backbone = await loadEmbedder();
    const same = await requireSameBackbone(db, backbone.manifest.id);
    if (!same.ok) return respondProblem(c, same.error);
    const { source } = query.value;
    if (backbone.modality === "text") return addTexts(c, backbone, classId, source);
    return isMultipart(c) ? addBatch(c, classId, source) : addRawPhoto(c, classId, source);
  });

async function findKnown(db: Database, ids: readonly string[]) {
  const [known, forgotten] = await Promise.all([findLabels(db, ids), findForgotten(db, ids)]);
  return { known, forgotten };
}

async function addRawPhoto(c: Context<AppEnv>, classId: string, source: "admin" | "import") {
  const body = await readPhotoBody(c);
  if (!body.ok) return respondProblem(c, body.error);
  const embedded = await embedPhoto(c, body.value.image.bytes);
  if (!embedded.ok) return respondProblem(c, embedded.error);
  const { db, clock } = c.get("services");
  const { photo } = embedded.value;
  const labelled = await labelSamples(db, classId, [photo], source, clock(), await readLabeller(c));
  if (!labelled.ok) return respondProblem(c, labelled.error);
  const result = await settle(c, classId, { file: "", embedded: photo, preview: null }, labelled.value[0]);
  const isNew = result.status !== "duplicate" && result.status !== "refused";
  return c.json(summarise([result]), isNew ? 201 : 200);
}

/** One text, plain, or up to 64 in JSON; a refused one never stops the rest. */
async function addTexts(c: Context<AppEnv>, reader: TextReader, classId: string, source: "admin" | "import") {
  const sent = await readSentTexts(c);
  if (!sent.ok) return respondProblem(c, sent.error);
  const rows = sent.value.isList ? sent.value.rows : [ok(sent.value.text)];
  const photos: EmbeddedSample[] = [];
  const results: (PhotoResult | Settling)[] = [];
  for (const row of rows) {
    const embedded = row.ok ? await embedText(c, reader, row.value) : row;
    if (embedded.ok) {
      const { sample, preview } = embedded.value;
      photos.push(sample);
      results.push({ file: "", embedded: sample, preview });
    } else {
      results.push({ file: "", photo: null, status: "refused", problem: embedded.error });
    }
  }
  return labelAll(c, classId, source, { photos, results });
}

async function addBatch(c: Context<AppEnv>, classId: string, source: "admin" | "import") {
  const form = await readMultipart(c, MAX_BATCH_BYTES);
  if (!form.ok) return respondProblem(c, form.error);
  const { files: images } = form.value;
  if (images.length === 0) return respondProblem(c, problem("bad_request", "image: send photos in fields `image`."));
  if (images.length > MAX_PHOTOS_PER_REQUEST) {
    const detail = `image: ${images.length} photos were sent, at most ${MAX_PHOTOS_PER_REQUEST} fit in one request.`;
    return respondProblem(c, problem("bad_request", detail));
  }
  return labelAll(c, classId, source, await embedAll(c, images));
}

/** What was embedded of a request, and what became of each part of it so far. */
interface Embedded {
  readonly photos: readonly EmbeddedSample[];
  readonly results: readonly (PhotoResult | Settling)[];
}

/** A sample whose label may turn out to be another person's, who then decides; `preview` is what they see of it. */
interface Settling {
  readonly file: string;
  readonly embedded: EmbeddedSample;
  readonly preview: string | null;
}

async function labelAll(
  c: Context<AppEnv>,
  classId: string,
  source: "admin" | "import",
  { photos, results }: Embedded,
) {
  const { db, clock } = c.get("services");
  const labelled = await labelSamples(db, classId, photos, source, clock(), await readLabeller(c));
  if (!labelled.ok) return respondProblem(c, labelled.error);
  const outcomeOf = new Map(photos.map((photo, i) => [photo, labelled.value[i]]));
  const settled: PhotoResult[] = [];
  for (const result of results) {
    if ("status" in result) settled.push(result);
    else settled.push(await settle(c, classId, result, outcomeOf.get(result.embedded) ?? "duplicate"));
  }
  return c.json(summarise(settled));
}

/** Embeds one after another; a refused photo never stops the rest. */
async function embedAll(c: Context<AppEnv>, images: readonly UploadedFile[]) {
  const photos: EmbeddedSample[] = [];
  const results: (PhotoResult | Settling)[] = [];
  for (const { name, bytes } of images) {
    const embedded = await embedPhoto(c, bytes);
    if (embedded.ok) {
      photos.push(embedded.value.photo);
      results.push({ file: name, embedded: embedded.value.photo, preview: null });
    } else {
      results.push({ file: name, photo: null, status: "refused", problem: embedded.error });
    }
  }
  return { photos, results };
}

/** A photo that somebody else has labelled otherwise waits for staff as a correction. */
async function settle(
  c: Context<AppEnv>,
  label: string,
  { file, embedded, preview }: Settling,
  outcome: LabelOutcome,
): Promise<PhotoResult> {
  const photo = embedded.sampleId;
  if (outcome !== "contested") return { file, photo, status: outcome };
  const queued = await queueCorrection(c, { photo: embedded, label, guess: null, preview, receipt: null });
  if (!queued.ok) return { file, photo, status: "refused", problem: queued.error };
  if (queued.value.status === "decided") return { file, photo, status: "refused", problem: DECIDED_BEFORE };
  return { file, photo, status: queued.value.status === "pending" ? "pending" : "duplicate" };
}

const DECIDED_BEFORE = problem("already_decided", "Staff have decided on this photo and label before; theirs stays.");

function summarise(results: readonly PhotoResult[]) {
  const count = (status: PhotoResult["status"]) => results.filter((result) => result.status === status).length;
  return {
    results,
    stored: count("stored"),
    relabelled: count("relabelled"),
    duplicates: count("duplicate"),
    pending: count("pending"),
    refused: count("refused"),
  };
}
