/**
 * The admin routes as functions. Requests ride on the cookie that signing in set. When that has run out, the page
 * says so once, whatever was being asked.
 */
import { err, type Result } from "../../shared/result.ts";
import { kitchen } from "../texts/kitchen/kitchen-texts.ts";
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
import { menu } from "./answers.ts";
import { type ApiRequest, callApi } from "./call-api.ts";
import { type Decoder, nothing } from "./decode.ts";
import { createButton, find, showAlert } from "./dom.ts";
import type { Problem } from "./problem.ts";
import type { ReviewDecision } from "./review-words.ts";

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

export function signOut(): Answer<void> {
  return call({ method: "DELETE", path: "/v1/admin/session" }, nothing);
}

export const fetchMenu = () => call({ path: "/v1/menu" }, menu);
export const fetchOverview = () => callAdmin({ path: "/overview" }, overview);
export const fetchClasses = () => callAdmin({ path: "/classes" }, itemClasses);
export const fetchReviews = () => callAdmin({ path: "/reviews" }, reviewList);
export function trainNow(rebuild: boolean): Answer<TrainingRun> {
  return callAdmin({ method: "POST", path: "/training-runs", json: { rebuild } }, trainingRun);
}

export function addClass(name: string, description: string): Answer<ItemClass> {
  const json = description === "" ? { name } : { name, description };
  return callAdmin({ method: "POST", path: "/classes", json }, itemClass);
}

export interface ClassChange {
  readonly name?: string;
  readonly description?: string;
  readonly archived?: boolean;
}

export function changeClass(id: string, change: ClassChange): Answer<ItemClass> {
  return callAdmin({ method: "PATCH", path: `/classes/${encodeURIComponent(id)}`, json: change }, itemClass);
}

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
