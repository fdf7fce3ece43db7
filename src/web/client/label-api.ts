/** The admin routes about single examples, doubted labels, and items that go, as functions. */
import { type Answer, callAdmin } from "./admin-api.ts";
import { type Decoded, nothing } from "./decode.ts";
import { type ExamplePage, examplePage, forgotten, suspectList } from "./label-answers.ts";

/** Few enough to read through; more come on demand. */
const PAGE_EXAMPLES = 50;

export const fetchSuspects = () => callAdmin({ path: "/suspects" }, suspectList);

/** A page of an item's examples, after the photo `after` (empty: from the start). */
export function fetchExamples(classId: string, after: string): Answer<ExamplePage> {
  const query = new URLSearchParams({ class: classId, after, limit: String(PAGE_EXAMPLES) });
  return callAdmin({ path: `/examples?${query}` }, examplePage);
}

export function relabelExample(photo: string, label: string): Answer<void> {
  return callAdmin({ method: "PATCH", path: `/examples/${photo}`, json: { label } }, nothing);
}

export function confirmExample(photo: string): Answer<void> {
  return callAdmin({ method: "PATCH", path: `/examples/${photo}`, json: { confirmed: true } }, nothing);
}

export function forgetExample(photo: string): Answer<void> {
  return callAdmin({ method: "DELETE", path: `/examples/${photo}` }, nothing);
}

export function mergeClass(id: string, into: string): Answer<void> {
  return callAdmin({ method: "POST", path: `/classes/${encodeURIComponent(id)}/merge`, json: { into } }, nothing);
}

export function deleteClass(id: string): Answer<Decoded<typeof forgotten>> {
  return callAdmin({ method: "DELETE", path: `/classes/${encodeURIComponent(id)}` }, forgotten);
}
