/** Cloudflare's side of Turnstile, as far as a deployment asks it: tokens that it gave out, each good for one question. */
import { env } from "cloudflare:workers";
import { getServices } from "../../src/services.ts";
import { createTokenVerifier } from "../../src/shared/siteverify.ts";

export const SITE_KEY = "0x4AAAAAAA-test-site-key";
export const SECRET = "0x4AAAAAAA-test-secret";

export interface FakeSiteverify {
  /** A deployment that asks it. */
  readonly bindings: Env;
  /** What it was asked, oldest first. */
  readonly asked: { readonly url: string; readonly fields: Record<string, string> }[];
  /** A token that a guest's browser would have got. */
  giveToken(): string;
  /** From now on it answers like this; null: as it should. */
  breakDown(answer: ((signal: AbortSignal) => Promise<Response>) | null): void;
  /** What the deployment takes the time to be, from now. */
  setTime(clock: () => number): void;
}

interface TurnstileVars {
  readonly TURNSTILE_SITE_KEY?: string;
  readonly TURNSTILE_SECRET?: string;
}

/** A deployment with Turnstile whose calls to Cloudflare end here. `timeoutMs` is its patience with them. */
export function fakeSiteverify(timeoutMs?: number, vars: Partial<Env> & TurnstileVars = {}): FakeSiteverify {
  const bindings = { ...env, TURNSTILE_SITE_KEY: SITE_KEY, TURNSTILE_SECRET: SECRET, ...vars };
  const asked: FakeSiteverify["asked"] = [];
  const unspent = new Set<string>();
  let given = 0;
  let broken: Parameters<FakeSiteverify["breakDown"]>[0] = null;
  let clock = Date.now;

  async function fetch(url: string, init: { body: URLSearchParams; signal: AbortSignal }): Promise<Response> {
    const fields = Object.fromEntries(init.body);
    asked.push({ url, fields });
    if (broken !== null) return broken(init.signal);
    if (fields.secret !== SECRET) return refuse("invalid-input-secret");
    if (unspent.delete(fields.response)) return Response.json({ success: true, "error-codes": [] });
    return refuse(fields.response.startsWith("given") ? "timeout-or-duplicate" : "invalid-input-response");
  }

  const verifier = { secret: bindings.TURNSTILE_SECRET, fetch, ...(timeoutMs === undefined ? {} : { timeoutMs }) };
  const install = () => Object.assign(getServices(bindings), { verifyToken: createTokenVerifier(verifier), clock });
  install();
  return {
    bindings,
    asked,
    giveToken() {
      install(); // another deployment may have been asked in between
      const token = `given ${++given}`;
      unspent.add(token);
      return token;
    },
    breakDown(answer) {
      broken = answer;
    },
    setTime(now) {
      clock = now;
      install();
    },
  };
}

function refuse(code: string): Response {
  return Response.json({ success: false, "error-codes": [code] });
}
