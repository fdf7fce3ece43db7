/** One answer: what the head makes of an embedding, with the receipt that lets it be corrected. Writes nothing but counts. */
import { applyShift } from "../head/place-shift.ts";
import { type Prediction, predict } from "../head/predict.ts";
import type { Classified } from "../operations/classification.ts";
import type { Services } from "../services.ts";
import { nameIn } from "../shared/language.ts";
import type { Problem } from "../shared/problem.ts";
import { ok, type Result } from "../shared/result.ts";
import type { ServedHead } from "../store/head-cache.ts";
import type { EmbeddedSample } from "../store/labels.ts";
import type { Caller } from "./caller.ts";
import { explainPrediction } from "./explanation.ts";
import { type NamedPlace, shiftAt } from "./named-place.ts";
import { noteAnswer } from "./note-answer.ts";
import { deriveReceiptKey, sealReceipt } from "./receipt.ts";
import type { Embedded } from "./sample.ts";
import { noteUnsure } from "./unsure-answer.ts";

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
