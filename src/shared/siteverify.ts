/**
 * Asks Cloudflare whether a Turnstile token is genuine: a browser made it a moment ago to show that a person may be there. The address
 * is fixed, since whoever could change it could let anybody in; the function that calls it is passed in, so that tests can answer.
 */

const SITEVERIFY_URL = "https://challenges.cloudflare.com/turnstile/v0/siteverify";
/** A guest waits for it in front of their answer; Cloudflare's usually takes a tenth of a second. */
const SITEVERIFY_TIMEOUT_MS = 5_000;
/** Cloudflare's own bound. More is not sent on. */
const MAX_TOKEN_CHARACTERS = 2_048;

/**
 * `refused`: forged, expired or spent before. `wrong_secret`: no token can be judged with the secret that the deployment has.
 * `unreachable`: Cloudflare did not say in time.
 */
export type TokenVerdict = "passed" | "refused" | "wrong_secret" | "unreachable";

/** `address` is the guest's, where it is known. Never throws. A token passes once. */
export type VerifyToken = (token: string, address: string | undefined) => Promise<TokenVerdict>;

interface TokenVerifierOptions {
  readonly secret: string;
  readonly fetch: (
    url: string,
    init: { method: "POST"; body: URLSearchParams; signal: AbortSignal },
  ) => Promise<Response>;
  readonly timeoutMs?: number;
}

/** The verifier never rejects: a network failure, a timeout or an answer that is not JSON is `unreachable`. */
export function createTokenVerifier(options: TokenVerifierOptions): VerifyToken {
  const { secret, fetch, timeoutMs = SITEVERIFY_TIMEOUT_MS } = options;
  return async function verifyToken(token, address) {
    if (token === "" || token.length > MAX_TOKEN_CHARACTERS) return "refused";
    const body = new URLSearchParams({
      secret,
      response: token,
      ...(address === undefined ? {} : { remoteip: address }),
    });
    try {
      const answer = await fetch(SITEVERIFY_URL, { method: "POST", body, signal: AbortSignal.timeout(timeoutMs) });
      return judge(await answer.json());
    } catch {
      return "unreachable"; // no answer, too late, or none in JSON
    }
  };
}

function judge(answer: unknown): TokenVerdict {
  if (typeof answer !== "object" || answer === null || !("success" in answer)) return "unreachable";
  if (answer.success === true) return "passed";
  const codes = "error-codes" in answer && Array.isArray(answer["error-codes"]) ? answer["error-codes"] : [];
  if (codes.includes("internal-error")) return "unreachable";
  return codes.includes("invalid-input-secret") || codes.includes("missing-input-secret") ? "wrong_secret" : "refused";
}
