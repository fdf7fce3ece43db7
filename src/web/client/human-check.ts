/**
 * The human check of the guests' page, where the server rendered its widget: a token goes along until a call has succeeded, then the
 * server's cookie speaks, and when that has ended the server asks for another token. Without the widget a call is one of `callApi`.
 */
import type { Result } from "../../shared/result.ts";
import { type ApiRequest, callApi } from "./call-api.ts";
import type { Decoder } from "./decode.ts";
import { findElement } from "./dom.ts";
import type { Problem } from "./problem.ts";

/** Time for what the widget asks of a guest; after that the server says what is missing. */
const TOKEN_WAIT_MS = 30_000;
const HEADER = "cf-turnstile-response";

/** As far as it is used here: developers.cloudflare.com/turnstile. */
interface Turnstile {
  render(container: HTMLElement, options: Readonly<Record<string, unknown>>): string;
  reset(widget: string): void;
}

declare global {
  interface Window {
    readonly turnstile?: Turnstile;
  }
}

const container = document.getElementById("human-check");
const tokens = container === null ? null : createTokens(container);
/** Whether the server has let this page pass, as far as the page knows. */
let isPassed = false;

/** The same as `callApi`, for calls that guests may have to show themselves for. */
export async function callAsHuman<T>(request: ApiRequest, decoder: Decoder<T>): Promise<Result<T, Problem>> {
  if (tokens === null) return callApi(request, decoder);
  const first = isPassed ? await callApi(request, decoder) : null;
  const hasEnded = first?.ok === false && first.error.code === "human_check_failed";
  if (first !== null && !hasEnded) return first;
  const token = await tokens.take();
  const headers = token === null ? {} : { [HEADER]: token };
  const answer = await callApi({ ...request, headers }, decoder);
  tokens.renew();
  isPassed = answer.ok;
  return answer;
}

/** Tokens of the widget in `container`. Each is good for one call. */
function createTokens(container: HTMLElement) {
  let next = Promise.withResolvers<string | null>();
  let widget: string | null = null;

  function open(): void {
    const options = {
      sitekey: container.dataset.sitekey,
      appearance: "interaction-only",
      language: document.documentElement.lang,
      callback: (token: string) => next.resolve(token),
      // The widget gets another one by itself.
      "expired-callback": () => {
        next = Promise.withResolvers();
      },
      // It tries again by itself; without a handler it throws.
      "error-callback": () => true,
    };
    widget = window.turnstile?.render(container, options) ?? null;
  }

  const script = findElement("human-check-script", HTMLScriptElement);
  script.addEventListener("error", () => next.resolve(null));
  if (window.turnstile === undefined) script.addEventListener("load", open);
  else open();

  return {
    /** The next token; null when none came in time. */
    take(): Promise<string | null> {
      const tooLate = new Promise<null>((resolve) => setTimeout(resolve, TOKEN_WAIT_MS, null));
      return Promise.race([next.promise, tooLate]);
    },
    renew(): void {
      if (widget === null) return;
      next = Promise.withResolvers();
      window.turnstile?.reset(widget);
    },
  };
}
