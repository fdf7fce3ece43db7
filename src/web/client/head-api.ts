/** The admin routes about versions of the head, as functions. */
import { type Answer, callAdmin } from "./admin-api.ts";
import { type Decoded, nothing } from "./decode.ts";
import {
  activation,
  type HeadComparison,
  type HeadList,
  type HeadReport,
  headComparison,
  headList,
  headReport,
} from "./head-answers.ts";
import { fetchPages } from "./pages.ts";

/** So many pages of versions, newest first. */
export function fetchHeads(pages: number): Answer<HeadList> {
  const fetchPage = (query: string) => callAdmin({ path: `/heads${query}` }, headList);
  return fetchPages(pages, fetchPage, ({ heads }, page) => ({ ...page, heads: [...heads, ...page.heads] }));
}

/** Answers `not_found` for a number that no version has. */
export function fetchHead(version: number): Answer<HeadReport> {
  return callAdmin({ path: `/heads/${version}` }, headReport);
}

/** What changes from version `from` to version `to`. */
export function fetchComparison(from: number, to: number): Answer<HeadComparison> {
  return callAdmin({ path: `/heads/compare?from=${from}&to=${to}` }, headComparison);
}

/** Makes a version live; with `hold`, later ones wait for an admin. */
export function activateHead(version: number, hold: boolean): Answer<Decoded<typeof activation>> {
  return callAdmin({ method: "POST", path: `/heads/${version}/activate`, json: { hold } }, activation);
}

/** A pinned version keeps its weights, however old it gets. */
export function pinHead(version: number, pinned: boolean): Answer<void> {
  return callAdmin({ method: "PATCH", path: `/heads/${version}`, json: { pinned } }, nothing);
}
