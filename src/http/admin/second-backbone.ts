/**
 * `/v1/admin/second-backbone`: a change of the backbone. The operator's machine embeds the examples anew and sends the embeddings, a head is
 * made of them beside the live one, and both are compared. Nothing here decides which one answers: that is the backbone that is deployed.
 */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { keepsOriginals } from "../../config.ts";
import { notOfThisBackbone, photosMissing } from "../../shared/english/versions.ts";
import { toIsoTime } from "../../shared/time.ts";
import { findHead, readLivePointer } from "../../store/heads.ts";
import { countSecond, listLeft, listMissing, returnLeft, storeSecond } from "../../store/second-embeddings.ts";
import { beginSecond, endSecond, markReady, readHomeBackbone, readSecondSlot } from "../../store/second-slot.ts";
import { compareSlots } from "../../training/compare-slots.ts";
import type { AppEnv } from "../app-env.ts";
import { whenMissing } from "../field-faults.ts";
import { findModality } from "../modality/find-modality.ts";
import { pageFields, readPage } from "../page.ts";
import { respondProblem } from "../problem-response.ts";
import { checkFields, readJson } from "../request-body.ts";
import { isUnitEmbedding } from "../transfer/stored-embedding.ts";
import { showLooks } from "./example-body.ts";
import { toHeadBody } from "./heads.ts";

/** Embeddings of one request. */
export const MAX_EMBEDDINGS = 250;
/** Of 2,048 numbers each, in base64, with room for the rest. */
const MAX_EMBEDDINGS_BYTES = MAX_EMBEDDINGS * 3_072;
/** Examples that a request can leave behind by name. */
const MAX_LEFT = 1_000;
const MAX_DIMENSION = 2_048;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, "is not a SHA-256 in lower-case hex");
/** The body of `PUT /v1/admin/second-backbone`, as the manifest has it. */
export const newBackboneSchema = z.strictObject({
  id: sha256.meta({ description: "SHA-256 of the backbone's file" }),
  name: z.string().min(1).max(100),
  dimension: z.int().min(1).max(MAX_DIMENSION),
});
/** The query of `GET /v1/admin/second-backbone/missing`. */
export const missingQuery = z.strictObject({
  backbone: sha256.meta({ description: "Which of the two lacks them" }),
  ...pageFields(sha256),
});
const embeddingRow = z.strictObject({
  photo: sha256,
  embedding: z
    .string()
    .max((4 * MAX_DIMENSION) / 3 + 4)
    .meta({ description: "int8 values in base64" }),
  scale: z.number().meta({ description: "A float32: the embedding is `scale * values`, of length 1" }),
});
/** The body of `POST /v1/admin/second-backbone/embeddings`. */
export const embeddingsSchema = z.strictObject({
  backbone: sha256.meta({ description: "Whose embeddings they are" }),
  embeddings: z.array(embeddingRow).min(1).max(MAX_EMBEDDINGS),
});
/** The body of `POST /v1/admin/second-backbone/head`. */
export const secondHeadSchema = z.strictObject({
  leave: z
    .union([z.literal("all"), z.array(sha256).max(MAX_LEFT)], {
      error: whenMissing('name the examples that may be left behind: [], their ids, or "all"'),
    })
    .meta({ description: "Examples without an embedding that may be left behind" }),
});

/** Mounted at `/v1/admin/second-backbone`. */
export const secondBackboneRoutes = new Hono<AppEnv>()
  .get("/", async (c) => c.json(await describeChange(c)))
  .put("/", async (c) => {
    const body = await readJson(c, newBackboneSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, loadEmbedder, clock } = c.get("services");
    const { manifest } = await loadEmbedder();
    const home = { backboneId: manifest.id, name: manifest.name, dimension: manifest.output.dimension };
    const { id, name, dimension } = body.value;
    const begun = await beginSecond(db, home, { backboneId: id, name, dimension }, c.get("actor"), clock());
    return begun.ok ? c.body(null, 204) : respondProblem(c, begun.error);
  })
  .delete("/", async (c) => {
    const { db, loadEmbedder, clock } = c.get("services");
    const { manifest } = await loadEmbedder();
    const ended = await endSecond(db, manifest.id, c.get("actor"), clock());
    return ended.ok ? c.body(null, 204) : respondProblem(c, ended.error);
  })
  .get("/missing", async (c) => {
    const query = checkFields(c.req.query(), missingQuery);
    if (!query.ok) return respondProblem(c, query.error);
    const { db } = c.get("services");
    const { backbone } = query.value;
    const isSecond = (await readSecondSlot(db))?.backboneId === backbone;
    const { rows, next } = await readPage(
      query.value,
      (after, limit) => (isSecond ? listMissing(db, backbone, limit, after ?? "") : listLeft(db, limit, after ?? "")),
      ({ photo }) => photo,
    );
    const { reads } = await findModality(c);
    const hasOriginals = keepsOriginals(c.get("services").config);
    const missing = rows.map(({ looks, original, ...row }) => {
      return { ...row, ...showLooks(looks, reads), original: original && hasOriginals };
    });
    return c.json({ missing, next });
  })
  .post("/embeddings", async (c) => {
    const body = await readJson(c, embeddingsSchema, MAX_EMBEDDINGS_BYTES);
    if (!body.ok) return respondProblem(c, body.error);
    const { backbone, embeddings } = body.value;
    const { db } = c.get("services");
    const [slot, home] = await Promise.all([readSecondSlot(db), readHomeBackbone(db)]);
    if (slot === null || (backbone !== slot.backboneId && backbone !== home))
      return respondProblem(c, notOfThisBackbone());
    const isSecond = backbone === slot.backboneId;
    const dimension = isSecond ? slot.dimension : slot.homeDimension;
    const good = embeddings.filter((row) => isUnitEmbedding(row, dimension));
    const stored = await (isSecond ? storeSecond(db, backbone, good) : returnLeft(db, backbone, good));
    const refused = embeddings.filter((row) => !good.includes(row)).map(({ photo }) => photo);
    return c.json({ stored, refused });
  })
  .post("/head", async (c) => {
    const body = await readJson(c, secondHeadSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, train, clock } = c.get("services");
    const missing = await countNotLeft(c, body.value.leave);
    if (missing > 0) return respondProblem(c, photosMissing({ missing }));
    const ready = await markReady(db, clock());
    if (!ready.ok) return respondProblem(c, ready.error);
    await train({ trigger: "admin" });
    return c.json(await describeChange(c));
  });

/** How many examples lack an embedding and were not named. */
async function countNotLeft(c: Context<AppEnv>, leave: "all" | readonly string[]): Promise<number> {
  const { db } = c.get("services");
  const slot = await readSecondSlot(db);
  if (leave === "all" || slot === null) return 0;
  const named = new Set(leave);
  const found = await listMissing(db, slot.backboneId, leave.length + 1, "");
  const others = found.filter(({ photo }) => !named.has(photo)).length;
  return others === 0 ? 0 : (await countSecond(db, slot.backboneId)).missing - (found.length - others);
}

/** Where the change stands. */
async function describeChange(c: Context<AppEnv>) {
  const { db, loadEmbedder } = c.get("services");
  const { manifest } = await loadEmbedder();
  const [slot, home] = await Promise.all([readSecondSlot(db), readHomeBackbone(db)]);
  const running = manifest.id;
  if (slot === null) return { running, inUse: home, second: null };
  const [pointer, counts, comparison] = await Promise.all([
    readLivePointer(db),
    countSecond(db, slot.backboneId),
    compareSlots(db, slot.backboneId),
  ]);
  const head = pointer.secondHead === null ? null : await findHead(db, pointer.secondHead);
  const { backboneId: id, name, dimension, homeName, beganAt, readyAt, movedAt } = slot;
  const times = { beganAt: toIsoTime(beganAt), readyAt: toIsoTime(readyAt), movedAt: toIsoTime(movedAt) };
  const second = {
    ...{ id, name, dimension, inUseName: homeName, ...counts, ...times },
    head: head === null ? null : toHeadBody(head, pointer.liveHead),
    comparison,
  };
  return { running, inUse: home, second };
}
