/** Tokens of Cloudflare's Turnstile widget, one for each call. Owns the widget in its container; knows no page and no call. */

/** Time for what the widget asks of a guest; after that the server says what is missing. */
const TOKEN_WAIT_MS = 30_000;
/** The request header that carries the token. */
export const TOKEN_HEADER = "cf-turnstile-response";

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

export interface TokenOptions {
  /** Where the widget shows itself to those who must do something. */
  readonly container: HTMLElement;
  readonly siteKey: string | undefined;
  /** As `lang` has it. */
  readonly language: string;
  /** The one that brings the widget, loaded or on its way. */
  readonly script: HTMLScriptElement;
}

/** Each token is good for one call. */
export interface HumanTokens {
  /** The next token; null when none came in time. */
  take(): Promise<string | null>;
  /** Asks for another one after a call. */
  renew(): void;
}

export function createHumanTokens({ container, siteKey, language, script }: TokenOptions): HumanTokens {
  let next = Promise.withResolvers<string | null>();
  let widget: string | null = null;

  function open(): void {
    const options = {
      sitekey: siteKey,
      appearance: "interaction-only",
      language,
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

  script.addEventListener("error", () => next.resolve(null));
  if (window.turnstile === undefined) script.addEventListener("load", open);
  else open();

  return {
    take() {
      const tooLate = new Promise<null>((resolve) => setTimeout(resolve, TOKEN_WAIT_MS, null));
      return Promise.race([next.promise, tooLate]);
    },
    renew() {
      if (widget === null) return;
      next = Promise.withResolvers();
      window.turnstile?.reset(widget);
    },
  };
}
