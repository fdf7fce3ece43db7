/** The admin routes about single examples, doubted labels, and items that go, as functions. */
import { type Answer, callAdmin } from "./admin-api.ts";
import { type Decoded, nothing } from "./decode.ts";
import { type ExamplePage, examplePage, forgotten, photoExplanation, suspectList } from "./label-answers.ts";

/** Few enough to read through; more come on demand. */
const PAGE_EXAMPLES = 50;

/** Long to read for the server, so it is not asked at every refresh. */
export const fetchSuspects = () => callAdmin({ path: "/suspects" }, suspectList);

/** A page of an item's examples, after the photo `after` (empty: from the start). */
export function fetchExamples(classId: string, after: string, limit = PAGE_EXAMPLES): Answer<ExamplePage> {
  const query = new URLSearchParams({ class: classId, after, limit: String(limit) });
  return callAdmin({ path: `/examples?${query}` }, examplePage);
}

/** What a person asks of an answer: the photo, and the two items where they are known. */
export interface WhyQuestion {
  readonly photo: string;
  readonly answer?: string | undefined;
  readonly rival?: string | undefined;
}

/** Few enough to read beside what they are about. */
const SPEAKING_PHOTOS = 3;

/** Without `answer` the live version explains its own. */
export function explainPhoto(
  { photo, answer, rival }: WhyQuestion,
  limit = SPEAKING_PHOTOS,
): Answer<Decoded<typeof photoExplanation>> {
  const items = { ...(answer && { answer }), ...(rival && { rival }) };
  const query = new URLSearchParams({ ...items, limit: String(limit) });
  return callAdmin({ path: `/photos/${photo}/explanation?${query}` }, photoExplanation);
}

/** Counts from the next training on. */
export function relabelExample(photo: string, label: string): Answer<void> {
  return callAdmin({ method: "PATCH", path: `/examples/${photo}`, json: { label } }, nothing);
}

/** Says what a picture is that is stored under several items: the photo and its copies get this label for good. */
export function settleCopies(photo: string, copies: readonly string[], label: string): Answer<void> {
  return callAdmin({ method: "PATCH", path: `/examples/${photo}`, json: { label, copies } }, nothing);
}

/** The label is no longer listed as doubted. */
export function confirmExample(photo: string): Answer<void> {
  return callAdmin({ method: "PATCH", path: `/examples/${photo}`, json: { confirmed: true } }, nothing);
}

/** Takes the photo out of the statistics with the next training; cannot be undone. */
export function forgetExample(photo: string): Answer<void> {
  return callAdmin({ method: "DELETE", path: `/examples/${photo}` }, nothing);
}

/** Up to 1,000 at once. */
export function forgetExamples(photos: readonly string[]): Answer<void> {
  return callAdmin({ method: "POST", path: "/examples/forget", json: { photos } }, nothing);
}

/** All photos of `id` become photos of `into`, and `id` leaves the menu. */
export function mergeClass(id: string, into: string): Answer<void> {
  return callAdmin({ method: "POST", path: `/classes/${encodeURIComponent(id)}/merge`, json: { into } }, nothing);
}

/** Takes the item's photos and corrections with it; cannot be undone. */
export function deleteClass(id: string): Answer<Decoded<typeof forgotten>> {
  return callAdmin({ method: "DELETE", path: `/classes/${encodeURIComponent(id)}` }, forgotten);
}

/** Where the picture that is kept of it, or its whole text, is to be had. */
export function pictureOf(photo: string): string {
  return `/v1/admin/examples/${photo}/picture`;
}
