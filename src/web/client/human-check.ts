/**
 * The human check of the guests' page, where the server rendered its widget: a token goes along until a call has succeeded, then the
 * server's cookie speaks, and when that has ended the server asks for another token. Without the widget a call is one of `callApi`.
 */
import type { Result } from "../../shared/result.ts";
import { type ApiRequest, callApi } from "./call-api.ts";
import type { Decoder } from "./decode.ts";
import { findElement } from "./dom.ts";
import { createHumanTokens, TOKEN_HEADER } from "./human-tokens.ts";
import type { Problem } from "./problem.ts";

const container = document.getElementById("human-check");
const tokens =
  container === null
    ? null
    : createHumanTokens({
        container,
        siteKey: container.dataset.sitekey,
        language: document.documentElement.lang,
        script: findElement("human-check-script", HTMLScriptElement),
      });
/** Whether the server has let this page pass, as far as the page knows. */
let isPassed = false;

/** The same as `callApi`, for calls that guests may have to show themselves for. */
export async function callAsHuman<T>(request: ApiRequest, decoder: Decoder<T>): Promise<Result<T, Problem>> {
  if (tokens === null || (request.method ?? "GET") === "GET") return callApi(request, decoder);
  const first = isPassed ? await callApi(request, decoder) : null;
  const hasEnded = first?.ok === false && first.error.code === "human_check_failed";
  if (first !== null && !hasEnded) return first;
  const token = await tokens.take();
  const headers = token === null ? {} : { [TOKEN_HEADER]: token };
  const answer = await callApi({ ...request, headers }, decoder);
  tokens.renew();
  isPassed = answer.ok;
  return answer;
}
