/** The actions of the audit log, as `subject.verb`. A function of the store writes each, and the kitchen's texts have words for it. */

/** The type below makes the compiler find an action that lacks its words. */
export const AUDIT_ACTIONS = [
  ...(["class.create", "class.change", "class.merge", "class.delete", "classes.order"] as const),
  ...(["examples.label", "example.relabel", "example.confirm", "example.purpose"] as const),
  ...(["testSet.change"] as const),
  ...(["reviews.decide", "reviews.accept", "reviews.undo", "reviews.skip"] as const),
  ...(["pool.dismiss", "pool.empty"] as const),
  ...(["place.create", "place.change", "place.delete"] as const),
  ...(["webhook.create", "webhook.change", "webhook.delete", "webhook.rotate"] as const),
  ...(["webhook.test", "webhook.redeliver"] as const),
  ...(["photos.forget", "contributor.forget", "teacher.forget"] as const),
  ...(["head.activate", "head.pin", "head.unpin", "training.run"] as const),
  ...(["keys.make", "keys.rotate", "keys.revoke"] as const),
  ...(["import.merge", "import.abort"] as const),
  ...(["backbone.begin", "backbone.move", "backbone.end"] as const),
] as const;
/** One of `AUDIT_ACTIONS`; rows of earlier versions keep theirs, so no action may be renamed. */
export type AuditAction = (typeof AUDIT_ACTIONS)[number];
