/**
 * `/v1/admin/second-backbone`: a change of the backbone. The operator's machine embeds the examples again and sends the embeddings, a head is
 * made of them beside the live one, and both are compared. Nothing here decides which one answers: that is the backbone that is deployed.
 */
import { showLooks } from "../../application/explanation.ts";
import { trainSecond } from "../../application/train.ts";
import { keepsOriginals } from "../../config.ts";
import { secondBackboneOperations } from "../../operations/second-backbone.ts";
import type { Services } from "../../services.ts";
import { notOfThisBackbone } from "../../shared/english/versions.ts";
import { err, ok } from "../../shared/result.ts";
import { toIsoTime } from "../../shared/time.ts";
import { findHead, readLivePointer } from "../../store/heads/heads.ts";
import {
  countSecond,
  listLeft,
  listMissing,
  returnLeft,
  storeSecond,
} from "../../store/second-backbone/second-embeddings.ts";
import { beginSecond, endSecond, readHomeBackbone, readSecondSlot } from "../../store/second-backbone/second-slot.ts";
import { compareSlots } from "../../training/compare.ts";
import { findModality } from "../modality/find-modality.ts";
import { readPage, serve } from "../serve.ts";
import { isUnitEmbedding } from "../transfer/row-schemas.ts";
import { toHeadBody } from "./heads.ts";

/** Of `secondBackboneOperations`. */
export const secondBackboneHandlers = [
  serve(secondBackboneOperations.showBackboneChange, async (c) => ok(await describeChange(c.get("services")))),
  serve(secondBackboneOperations.beginBackboneChange, async (c, { body }) => {
    const { db, loadEmbedder, clock } = c.get("services");
    const { manifest } = await loadEmbedder();
    const home = { backboneId: manifest.id, name: manifest.name, dimension: manifest.output.dimension };
    const { id, name, dimension } = body;
    const begun = await beginSecond(db, home, { backboneId: id, name, dimension }, c.get("actor"), clock());
    return begun.ok ? ok(null) : begun;
  }),
  serve(secondBackboneOperations.endBackboneChange, async (c) => {
    const { db, loadEmbedder, clock } = c.get("services");
    const { manifest } = await loadEmbedder();
    const ended = await endSecond(db, manifest.id, c.get("actor"), clock());
    return ended.ok ? ok(null) : ended;
  }),
  serve(secondBackboneOperations.listMissingEmbeddings, async (c, { query }) => {
    const { db } = c.get("services");
    const { backbone } = query;
    const isSecond = (await readSecondSlot(db))?.backboneId === backbone;
    const { rows, next } = await readPage(
      query,
      (after, limit) => (isSecond ? listMissing(db, backbone, limit, after ?? "") : listLeft(db, limit, after ?? "")),
      ({ photo }) => photo,
    );
    const { reads } = await findModality(c.get("services"));
    const hasOriginals = keepsOriginals(c.get("services").config);
    const missing = rows.map(({ looks, original, ...row }) => {
      return { ...row, ...showLooks(looks, reads), original: original && hasOriginals };
    });
    return ok({ missing, next });
  }),
  serve(secondBackboneOperations.sendEmbeddings, async (c, { body }) => {
    const { backbone, embeddings } = body;
    const { db } = c.get("services");
    const [slot, home] = await Promise.all([readSecondSlot(db), readHomeBackbone(db)]);
    if (slot === null || (backbone !== slot.backboneId && backbone !== home)) return err(notOfThisBackbone());
    const isSecond = backbone === slot.backboneId;
    const dimension = isSecond ? slot.dimension : slot.homeDimension;
    const good = embeddings.filter((row) => isUnitEmbedding(row, dimension));
    const stored = await (isSecond ? storeSecond(db, backbone, good) : returnLeft(db, backbone, good));
    const refused = embeddings.filter((row) => !good.includes(row)).map(({ photo }) => photo);
    return ok({ stored, refused });
  }),
  serve(secondBackboneOperations.trainSecondHead, async (c, { body }) => {
    const trained = await trainSecond(c.get("services"), body.leave);
    if (!trained.ok) return trained;
    return ok(await describeChange(c.get("services")));
  }),
];

/** Where the change stands. */
async function describeChange({ db, loadEmbedder }: Services) {
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
    id,
    name,
    dimension,
    inUseName: homeName,
    ...counts,
    ...times,
    head: head === null ? null : toHeadBody(head, pointer.liveHead),
    comparison,
  };
  return { running, inUse: home, second };
}
