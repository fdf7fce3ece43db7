/** What it means to say what something is: what staff and trusted keys say counts at once, the rest waits for review. */
import { keepsPictures } from "../config.ts";
import type { labelOperations } from "../operations/labels.ts";
import type { AnswerOf } from "../operations/operation.ts";
import type { Services } from "../services.ts";
import { backboneChangedSince, queueFull, tooManyWaiting } from "../shared/english/labels.ts";
import type { Problem } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import { reaches } from "../shared/role.ts";
import type { Database } from "../store/database.ts";
import { labelSamples } from "../store/labels/labels.ts";
import { requireLabel } from "../store/menu/menu.ts";
import { explainOffMenu } from "../store/menu/menu-guard.ts";
import { storeOriginals } from "../store/pictures/originals.ts";
import { type Correction, type CorrectionOutcome, storeCorrection } from "../store/reviews/corrections.ts";
import { MAX_PENDING_PER_SOURCE } from "../store/reviews/review-limits.ts";
import { isSecondBackbone, requireSameBackbone } from "../store/second-backbone/backbone-guard.ts";
import { assessCorrection } from "../training/reviews.ts";
import { type Caller, labellerOf } from "./caller.ts";
import { deriveReceiptKey, openReceipt } from "./receipt.ts";
import { type SentSample, wishFor } from "./sample.ts";

/** What a request says, whoever sent it. */
export type SentCorrection = Omit<Correction, "contributor" | "usefulness">;

/** What became of a label. */
export type LabelOutcome = AnswerOf<typeof labelOperations.sendLabel, 201>;

/** What came with a receipt: which item it shows, and what staff see of it. */
export interface SentReply {
  readonly receipt: string;
  readonly label: string;
  readonly text?: string | undefined;
  readonly thumbnail?: string | undefined;
}

/** What a deployment reads, as far as a receipt asks for it. */
export interface PreviewReader {
  readonly backboneId: string;
  readPreview(sent: Pick<SentReply, "text" | "thumbnail">, sampleId: string): Promise<Result<string | null, Problem>>;
}

/** The correction that a receipt and a label make. `findReader` looks for the backbone, which a receipt that does not open is not worth. */
export async function openCorrection(
  { db, config, clock }: Services,
  findReader: () => Promise<PreviewReader>,
  sent: SentReply,
): Promise<Result<SentCorrection, Problem>> {
  const opened = await openReceipt(sent.receipt, await deriveReceiptKey(config.receiptSecret), clock());
  if (!opened.ok) return opened;
  const { photo, guess, id: receipt } = opened.value;
  const { backboneId, readPreview } = await findReader();
  if (photo.backboneId !== backboneId && !(await isLabelled(db, photo.backboneId))) return err(backboneChangedSince());
  const preview = await readPreview(sent, photo.sampleId);
  if (!preview.ok) return preview;
  const sentPicture = keepsPictures(config) ? (preview.value ?? undefined) : undefined;
  return ok({ sample: { ...photo, sentPicture }, guess, label: sent.label, preview: preview.value, receipt });
}

/** A correction without a receipt: the sample itself came with it. */
export async function embedCorrection(
  { config }: Services,
  { role }: Caller,
  sent: SentSample,
  { label, thumbnail = null }: { readonly label: string; readonly thumbnail?: string | null | undefined },
): Promise<Result<SentCorrection, Problem>> {
  const embedded = await sent.embed(wishFor(config, reaches(role, "label")));
  if (!embedded.ok) return embedded;
  const { sample, preview } = embedded.value;
  return ok({ sample, guess: null, label, preview: preview ?? thumbnail, receipt: null });
}

/** Whether this deployment has labels of that backbone, in use or beside it. */
async function isLabelled(db: Database, backboneId: string): Promise<boolean> {
  return (await requireSameBackbone(db, backboneId)).ok || isSecondBackbone(db, backboneId);
}

/** Counts the label or queues it, by who sent it. */
export async function correct(
  services: Services,
  caller: Caller,
  sent: SentCorrection,
): Promise<Result<LabelOutcome, Problem>> {
  const { db } = services;
  const item = await requireLabel(db, sent.label);
  if (!item.ok) return item;
  const place = sent.sample.place ?? caller.identity?.place ?? undefined;
  const correction = { ...sent, label: item.value, sample: { ...sent.sample, place } };
  const { backboneId } = correction.sample;
  const same = await requireSameBackbone(db, backboneId);
  if (!same.ok && !(await isSecondBackbone(db, backboneId))) return same;
  // -- of the other backbone it cannot count; it waits with its own embedding, and who accepts it keeps the label
  if (!same.ok || !reaches(caller.role, "label")) return queueCorrection(services, caller, correction);
  const counted = await countLabel(services, caller, correction);
  return counted ?? queueCorrection(services, caller, correction);
}

/** Null where somebody else has labelled the sample otherwise, whose word this one does not outweigh. */
async function countLabel(
  { db, clock, originals }: Services,
  caller: Caller,
  { sample, label: classId }: SentCorrection,
): Promise<Result<LabelOutcome, Problem> | null> {
  const labeller = await labellerOf(caller);
  const labelled = await labelSamples(db, classId, [sample], "admin", clock(), labeller);
  if (!labelled.ok) return labelled;
  if (originals !== undefined) await storeOriginals(db, originals, [sample]);
  const [outcome] = labelled.value;
  if (outcome === "contested") return null;
  const stored = outcome !== "duplicate";
  const { contributor } = labeller;
  const { sampleId, origin } = sample;
  return ok({ photo: sampleId, label: classId, origin, contributor, status: "counted", stored });
}

/** Lets it wait for staff, within the limits of the queue. */
export async function queueCorrection(
  { db, readServedHead, clock }: Services,
  caller: Caller,
  sent: SentCorrection,
): Promise<Result<LabelOutcome, Problem>> {
  const now = clock();
  const { sample, label: classId } = sent;
  const [served, contributor] = await Promise.all([readServedHead(db, now), caller.readContributor()]);
  const { usefulness } = assessCorrection(served, { ...sample, label: classId });
  const outcome = await storeCorrection(db, { ...sent, contributor, usefulness }, now);
  if (outcome === "off_menu") return err(await explainOffMenu(db, classId));
  const refusal = explainRefusal(outcome);
  if (refusal !== null) return err(refusal);
  const { sampleId, origin } = sample;
  return ok({ photo: sampleId, label: classId, origin, contributor, ...describeFor(caller, outcome) });
}

/** To a guest the same whether it was stored, known, decided on or counted: they must not learn which photos others have taught. */
function describeFor({ role }: Caller, outcome: CorrectionOutcome): Pick<LabelOutcome, "status" | "stored"> {
  if (!reaches(role, "label")) return { status: "pending", stored: true };
  const status = outcome === "decided" || outcome === "counted" ? outcome : "pending";
  return { status, stored: outcome === "stored" };
}

function explainRefusal(outcome: CorrectionOutcome): Problem | null {
  if (outcome === "queue_full") return queueFull();
  return outcome === "source_limit" ? tooManyWaiting({ limit: MAX_PENDING_PER_SOURCE }) : null;
}
