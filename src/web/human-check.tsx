/**
 * Cloudflare's Turnstile widget in the guests' form, where the deployment has one. It stays hidden from guests who need not
 * do anything. `client/human-check.ts` fills it; the token is a field of the form, so that a plain post carries it too.
 */
import type { FC } from "hono/jsx";
import type { Texts } from "./texts/en.ts";

/** Nothing is rendered until our own script says so: it has to hear of the token. */
const WIDGET_SCRIPT = "https://challenges.cloudflare.com/turnstile/v0/api.js?render=explicit";

interface HumanCheckProps {
  readonly texts: Texts;
  readonly siteKey: string;
}

/** `siteKey` is public; the secret that goes with it never reaches a page. */
export const HumanCheck: FC<HumanCheckProps> = ({ texts, siteKey }) => (
  <>
    <div id="human-check" data-sitekey={siteKey} />
    <script id="human-check-script" src={WIDGET_SCRIPT} async />
    <p class="notice notice-alert without-script">{texts.page.humanNeedsScript}</p>
  </>
);
