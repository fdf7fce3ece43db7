/**
 * How the widget asks: a deployment on another origin, in the reader's language, without cookies, so each call shows that a person
 * asks where the deployment wants to know.
 */
import { type CallApi, callApi } from "../call-api.ts";
import { createHumanTokens, type HumanTokens, TOKEN_HEADER } from "../human-tokens.ts";

const TURNSTILE_SCRIPT = "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit";
/** Turnstile measures where it stands, which it cannot in a shadow tree: its place is a slot. */
export const HUMAN_CHECK_SLOT = "human-check";

interface WidgetApiOptions {
  /** Origin of the deployment, without a slash at its end. */
  readonly endpoint: string;
  readonly language: string;
}

export interface WidgetApi {
  readonly call: CallApi;
  /** From here on calls that write carry a token of Turnstile's; `host` is the widget's element. */
  showHuman(host: HTMLElement, siteKey: string): void;
}

export function createWidgetApi({ endpoint, language }: WidgetApiOptions): WidgetApi {
  let tokens: HumanTokens | null = null;

  const call: CallApi = async (request, decoder) => {
    const writes = (request.method ?? "GET") !== "GET";
    const token = writes ? ((await tokens?.take()) ?? null) : null;
    const headers = {
      ...request.headers,
      "accept-language": language,
      ...(token !== null && { [TOKEN_HEADER]: token }),
    };
    const answer = await callApi({ ...request, path: endpoint + request.path, headers, credentials: "omit" }, decoder);
    if (writes) tokens?.renew();
    return answer;
  };

  function showHuman(host: HTMLElement, siteKey: string): void {
    if (tokens !== null) return;
    const container = document.createElement("div");
    container.slot = HUMAN_CHECK_SLOT;
    const script = document.createElement("script");
    script.src = TURNSTILE_SCRIPT;
    tokens = createHumanTokens({ container, siteKey, language, script });
    host.append(container);
    document.head.append(script);
  }

  return { call, showHuman };
}
