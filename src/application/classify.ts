/** What it means to ask what something is: the head that answers, the place it is asked from, the sample, the answer. Writes nothing. */

import type { Classified, ClassifiedList } from "../operations/classification.ts";
import type { Services } from "../services.ts";
import type { Problem } from "../shared/problem.ts";
import { ok, type Result } from "../shared/result.ts";
import type { ServedHead } from "../store/heads/head-cache.ts";
import type { EmbeddedSample } from "../store/labels/labels.ts";
import { type Asked, answerSample } from "./answer.ts";
import type { Caller } from "./caller.ts";
import { isRefused, workThroughRows } from "./each-row.ts";
import { findNamedPlace, placeOfLanguage } from "./named-place.ts";
import type { Embedded, SentSample, SentSamples } from "./sample.ts";
import { embedTogether } from "./sample.ts";
import { findServedHead } from "./served-head.ts";

/** What is asked, and of whom. */
export interface Question extends Omit<Asked, "place"> {
  /** The id of a place that the samples come from. */
  readonly from?: string | undefined;
}

/** What came with a question: samples, which may be of one thing, or what a device has made of one. */
export type Sent =
  | (Pick<SentSamples, "isList" | "rows"> & { readonly isOne?: boolean })
  | { readonly embedded: EmbeddedSample };

/** A head that answers, and what it is asked. */
interface Inquiry {
  readonly services: Services;
  readonly caller: Caller;
  readonly served: ServedHead;
  readonly asked: Asked;
}

/** `read` is called once there is a head to answer: without one nothing is received. A list is answered by a list. */
export async function classify(
  services: Services,
  caller: Caller,
  question: Question,
  read: () => Promise<Result<Sent, Problem>>,
): Promise<Result<Classified | ClassifiedList, Problem>> {
  const inquiry = await prepare(services, caller, question);
  if (!inquiry.ok) return inquiry;
  const sent = await read();
  if (!sent.ok) return sent;
  if ("embedded" in sent.value) return answer(inquiry.value, { sample: sent.value.embedded });
  const { isList, isOne, rows } = sent.value;
  if (isOne) return answerTogether(inquiry.value, rows);
  if (isList) return ok(await answerList(inquiry.value, rows));
  const [row] = rows;
  return row.ok ? answerOne(inquiry.value, row.value) : row;
}

/** The same for a single sample. */
export async function classifyOne(
  services: Services,
  caller: Caller,
  question: Question,
  read: () => Promise<Result<SentSample, Problem>>,
): Promise<Result<Classified, Problem>> {
  const inquiry = await prepare(services, caller, question);
  if (!inquiry.ok) return inquiry;
  const sent = await read();
  return sent.ok ? answerOne(inquiry.value, sent.value) : sent;
}

async function prepare(
  services: Services,
  caller: Caller,
  { from, ...wanted }: Question,
): Promise<Result<Inquiry, Problem>> {
  const served = await findServedHead(services, wanted.version);
  if (!served.ok) return served;
  const place = await findNamedPlace(services, served.value, from ?? caller.identity?.place ?? undefined);
  if (!place.ok) return place;
  return ok({ services, caller, served: served.value, asked: { ...wanted, place: place.value } });
}

function answer({ services, caller, served, asked }: Inquiry, embedded: Parameters<typeof answerSample>[2]) {
  return answerSample(services, caller, embedded, served, asked);
}

async function answerOne(inquiry: Inquiry, sample: SentSample): Promise<Result<Classified, Problem>> {
  const embedded = await sample.embed();
  if (!embedded.ok) return embedded;
  showTimes(inquiry.caller, embedded.value);
  const place = inquiry.asked.place ?? placeOfLanguage(inquiry.served, sample.language);
  return answer({ ...inquiry, asked: { ...inquiry.asked, place } }, embedded.value);
}

/** One answer to all of them. */
async function answerTogether(
  inquiry: Inquiry,
  rows: readonly Result<SentSample, Problem>[],
): Promise<Result<Classified, Problem>> {
  const together = await embedTogether(inquiry.caller, rows);
  if (!together.ok) return together;
  const { embedded, photos } = together.value;
  showTimes(inquiry.caller, embedded);
  const answered = await answer(inquiry, embedded);
  return answered.ok ? ok({ ...answered.value, photos }) : answered;
}

/** Each in its place, with its own answer or its own problem. */
async function answerList(inquiry: Inquiry, rows: readonly Result<SentSample, Problem>[]): Promise<ClassifiedList> {
  const results = await workThroughRows(inquiry.caller, rows, async (sample) => {
    const answered = await answerOne(inquiry, sample);
    return answered.ok ? ok({ answer: answered.value }) : answered;
  });
  const refused = results.filter(isRefused).length;
  return { results, answered: results.length - refused, refused };
}

function showTimes({ showTime }: Caller, { times }: Pick<Embedded, "times">): void {
  if (times === undefined) return;
  showTime("decode", times.decodeMs);
  showTime("embed", times.embedMs);
}
