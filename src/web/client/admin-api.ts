/**
 * The admin routes as functions. Requests ride on the cookie that signing in set. When that has run out, the page
 * says so once, whatever was being asked.
 */
import { err, type Result } from "../../shared/result.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import {
  type DecisionResults,
  decisionResults,
  type ImportResults,
  type ItemClass,
  importResults,
  itemClass,
  itemClasses,
  overview,
  reviewList,
  type TrainingRun,
  trainingRun,
} from "./admin-answers.ts";
import { limitsOfMenu } from "./answers.ts";
import { type ApiRequest, callApi } from "./call-api.ts";
import { type Decoder, nothing } from "./decode.ts";
import { createButton, find, showAlert } from "./dom.ts";
import type { Problem } from "./problem.ts";
import type { ReviewDecision } from "./review-words.ts";

/** Never rejects: without a network, or after too long, it resolves to a problem of the client's own. */
export type Answer<T> = Promise<Result<T, Problem>>;

/** Any route, with what went wrong in the language of the page. */
async function call<T>(request: ApiRequest, decoder: Decoder<T>): Answer<T> {
  const answer = await callApi(request, decoder);
  if (answer.ok) return answer;
  await kitchen.frame.prepareToExplain();
  return err({ ...answer.error, detail: kitchen.frame.explain(answer.error) });
}

/** Asks an admin route; `path` goes without the `/v1/admin` in front. */
export async function callAdmin<T>(request: ApiRequest, decoder: Decoder<T>): Answer<T> {
  const answer = await call({ ...request, path: `/v1/admin${request.path}` }, decoder);
  if (!answer.ok && answer.error.status === 401) {
    const signIn = createButton(kitchen.frame.signInAgain, "primary", () => location.reload());
    showAlert(find("kitchen-alert"), kitchen.frame.sessionEnded, signIn);
  }
  return answer;
}

/** Goes around `callAdmin`: a refused token is what the sign-in form itself has to explain. */
export function signIn(token: string): Answer<void> {
  return call({ method: "POST", path: "/v1/admin/session", json: { token } }, nothing);
}

/** By the code of a link, which is good once. */
export function signInByCode(code: string): Answer<void> {
  return call({ method: "POST", path: "/v1/admin/session/code", json: { code } }, nothing);
}

/** Ends the session of this browser only. */
export function signOut(): Answer<void> {
  return call({ method: "DELETE", path: "/v1/admin/session" }, nothing);
}

/** What guests get, of which the kitchen needs the limits for photos or texts. */
export const fetchMenu = () => call({ path: "/v1/menu" }, limitsOfMenu);
/** Asked for again now and then while the page is in view. */
export const fetchOverview = () => callAdmin({ path: "/overview" }, overview);
/** Archived items are among them. */
export const fetchClasses = () => callAdmin({ path: "/classes" }, itemClasses);
/** One page of the queue, the most useful corrections first. */
export const fetchReviews = () => callAdmin({ path: "/reviews" }, reviewList);
/** Resolves when the run has ended. With `rebuild` it starts again from the labels. */
export function trainNow(rebuild: boolean): Answer<TrainingRun> {
  return callAdmin({ method: "POST", path: "/training-runs", json: { rebuild } }, trainingRun);
}

/** `description` may be empty; the server makes the id from the name. */
export function addClass(name: string, description: string): Answer<ItemClass> {
  const json = description === "" ? { name } : { name, description };
  return callAdmin({ method: "POST", path: "/classes", json }, itemClass);
}

/** What is absent stays as it is. */
export interface ClassChange {
  readonly name?: string;
  readonly description?: string;
  readonly archived?: boolean;
}

/** Renames, describes, archives or brings back; takes effect at once, without a training. */
export function changeClass(id: string, change: ClassChange): Answer<ItemClass> {
  return callAdmin({ method: "PATCH", path: `/classes/${encodeURIComponent(id)}`, json: change }, itemClass);
}

/** Few enough texts for a request; one that is refused stops no other. */
export function sendTexts(id: string, texts: readonly string[]): Answer<ImportResults> {
  return callAdmin(
    { method: "POST", path: `/classes/${encodeURIComponent(id)}/examples`, json: { text: texts } },
    importResults,
  );
}

/** `photos` holds a batch within the server's limits; a photo that is refused stops no other. */
export function sendExamples(id: string, photos: FormData): Answer<ImportResults> {
  return callAdmin(
    { method: "POST", path: `/classes/${encodeURIComponent(id)}/examples`, body: photos },
    importResults,
  );
}

/** Takes decisions back, by what they were about; at most 100 at once, each succeeds or is refused by itself. */
export function undoReviews(reviews: readonly Pick<ReviewDecision, "photo" | "label">[]): Answer<DecisionResults> {
  return callAdmin({ method: "POST", path: "/reviews/undo", json: { reviews } }, decisionResults);
}

/** At most 100 at once; each succeeds or is refused by itself. */
export function decideReviews(decisions: readonly ReviewDecision[]): Answer<DecisionResults> {
  return callAdmin({ method: "POST", path: "/reviews", json: { decisions } }, decisionResults);
}
