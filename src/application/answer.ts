/** One answer: what the head makes of an embedding, with the receipt that lets it be corrected. Writes nothing but counts. */

import { marginOf } from "../head/choose-to-label.ts";
import { applyShift } from "../head/place-shift.ts";
import { type Prediction, predict } from "../head/predict.ts";
import type { Classified } from "../operations/classification.ts";
import type { Services } from "../services.ts";
import { normaliseEntropy } from "../shared/drift.ts";
import { nameIn } from "../shared/language.ts";
import type { Problem } from "../shared/problem.ts";
import { ok, type Result } from "../shared/result.ts";
import type { ServedHead } from "../store/heads/head-cache.ts";
import type { EmbeddedSample } from "../store/labels/labels.ts";
import type { UnsureAnswer } from "../store/pool/pooled-samples.ts";
import { PLACE_PHOTOS_WANTED } from "../store/pool/tables.ts";
import type { Caller } from "./caller.ts";
import { explainPrediction } from "./explanation.ts";
import { type NamedPlace, shiftAt } from "./named-place.ts";
import { deriveReceiptKey, sealReceipt } from "./receipt.ts";
import type { Embedded } from "./sample.ts";

/** The head that answered; `isPinned` when it was asked for by its number. */
interface AnsweringHead {
  readonly version: number;
  readonly isPinned: boolean;
}

/** Counts answers of the live head: whoever asks for a version compares heads. A data point, where the deployment has a dataset, is written of both. */
function noteAnswer(
  { answerCounter, writeAnswerPoint, clock }: Services,
  { scores, entropy: nats, isUnknown, strangeness }: Prediction,
  { version: headVersion, isPinned }: AnsweringHead,
  origin: EmbeddedSample["origin"],
): void {
  const [items, best] = [scores.length, scores.at(0)];
  const entropy = normaliseEntropy(nats, items);
  if (!isPinned) answerCounter.count({ headVersion, isUnknown, entropy }, clock());
  const front = { item: best?.classId ?? null, score: best?.score ?? 0 };
  writeAnswerPoint?.({ headVersion, isPinned, ...front, isUnknown, entropy, items, strangeness, origin });
}

/*
 * Which answers the pool may keep: those of the live head that it was unsure of, and those that show what a place is like, on samples that the server itself has read. Notes them
 * in the request's context; `answers/beside-answer.ts` takes them from there when the answer has been made.
 */

/** Does nothing while the pool is closed. A device's embedding is never kept: anybody can make one up, and the photo was to stay there. */
export function noteUnsure(
  { config, clock }: Services,
  caller: Caller,
  { sample, copy, place }: Pick<Embedded, "sample" | "copy"> & { readonly place: NamedPlace | undefined },
  { scores, isUnknown, isUndecided }: Prediction,
  { version: headVersion, isPinned }: { readonly version: number; readonly isPinned: boolean },
): void {
  if (config.pool.size === 0 || isPinned || sample.origin === "device") return;
  const mayTeach = config.publicTeaching || caller.identity !== null;
  const isWanted = mayTeach && place?.isOn === true && place.photos < PLACE_PHOTOS_WANTED;
  if (!(isUnknown || isUndecided || isWanted)) return;
  const [best] = scores;
  const unsure: UnsureAnswer = {
    sample,
    copy: config.pool.keepsCopies ? copy : undefined,
    headVersion,
    reason: isUnknown ? "unknown" : isUndecided ? "undecided" : "place",
    place: place?.isOn === true ? place.id : null,
    answer: best?.classId ?? null,
    score: best?.score ?? 0,
    margin: marginOf(scores),
    seenAt: clock(),
  };
  caller.noteUnsure(unsure);
}

/** What a request asks of an answer. */
export interface Asked {
  /** How many items to name, best first. */
  readonly topK: number;
  /** A head other than the live one. */
  readonly version?: number | undefined;
  /** So many photos that speak for the answer, and as many against it. */
  readonly photos?: number | undefined;
  /** Where it comes from. */
  readonly place?: NamedPlace | undefined;
}

/** Counts the answer too, and notes it where the head is unsure. Error: that of an explanation. */
export async function answerSample(
  services: Services,
  caller: Caller,
  embedded: Pick<Embedded, "sample" | "copy" | "isUnread">,
  served: ServedHead,
  { topK, version, photos, place }: Asked,
): Promise<Result<Classified, Problem>> {
  const { sample, isUnread = false } = embedded;
  const shift = shiftAt(place, served);
  const seen = { ...sample, embedding: applyShift(sample.embedding, shift) };
  const prediction = believe(predictFor(caller, seen, served), served, isUnread);
  const by = { version: served.version, isPinned: version !== undefined };
  noteAnswer(services, prediction, by, sample.origin);
  noteUnsure(services, caller, { ...embedded, place }, prediction, by);
  const told = await toAnswer(
    services,
    caller,
    { ...sample, ...(place && { place: place.id }) },
    served,
    prediction,
    topK,
  );
  const answer = {
    ...told,
    ...(place && { place: { id: place.id, moved: shift !== null } }),
    ...(isUnread && { unread: true as const }),
  };
  if (photos === undefined) return ok(answer);
  const explanation = await explainPrediction(services, served, seen.embedding, prediction, { photos });
  return explanation.ok ? ok({ ...answer, explanation: explanation.value }) : explanation;
}

/** A description says nothing about a text that cannot be read, however near its few characters come. */
function believe(prediction: Prediction, { evidence }: ServedHead, isUnread: boolean): Prediction {
  const [best] = prediction.scores;
  const goesByWords = best !== undefined && evidence.get(best.classId) === 0;
  return isUnread && goesByWords ? { ...prediction, isUnknown: true } : prediction;
}

function predictFor({ showTime }: Caller, photo: EmbeddedSample, { head, names, thresholds }: ServedHead): Prediction {
  const start = performance.now();
  const prediction = predict(head, photo.embedding, (classId) => !names.has(classId), thresholds);
  showTime("head", performance.now() - start);
  return prediction;
}

async function toAnswer(
  { config, clock }: Services,
  { chooseLanguage }: Caller,
  photo: EmbeddedSample,
  { names, translations, version, languages, evidence, fewPhotos }: ServedHead,
  prediction: Prediction,
  topK: number,
): Promise<Classified> {
  const language = chooseLanguage(languages);
  const speakFor = (id: string) => {
    const examples = evidence.get(id);
    if (examples === 0) return { byDescription: true } as const;
    return config.showEvidence && examples !== undefined ? { examples } : {};
  };
  const nameOf = (id: string) => nameIn(language, names.get(id) ?? id, translations.get(id) ?? {});
  const predictions = prediction.scores
    .slice(0, topK)
    .map(({ classId, score }) => ({ label: classId, name: nameOf(classId), score, ...speakFor(classId) }));
  const expiresAt = clock() + config.receiptTtlMs;
  const guess = predictions[0]?.label ?? null;
  const receipt = await sealReceipt({ photo, guess, expiresAt }, await deriveReceiptKey(config.receiptSecret));
  return {
    predictions,
    none: prediction.none,
    unknown: prediction.isUnknown,
    undecided: prediction.isUndecided,
    strangeness: prediction.strangeness,
    fewPhotos,
    headVersion: version,
    backboneId: photo.backboneId,
    receipt,
    receiptExpiresAt: new Date(expiresAt).toISOString(),
  };
}
