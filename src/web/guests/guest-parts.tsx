/**
 * What both pages of guests share beside their frame: where an answer appears, the switch by which a guest keeps on
 * the device what is asked about, and Cloudflare's widget. `client/` fills all three.
 */
import type { FC } from "hono/jsx";
import type { Texts } from "../texts/en.ts";

/** Where the answer appears. Empty but for a word to browsers without script. */
export const AnswerPanel: FC<{ readonly texts: Texts }> = ({ texts }) => (
  <section class="card panel" id="panel" aria-label={texts.page.answer} tabindex={-1}>
    <div role="status" id="verdict" class="verdict" />
    <div id="panel-body">
      <p class="soft needs-script">{texts.page.readingMenu}</p>
      <p class="soft without-script">{texts.page.withoutScript}</p>
    </div>
    <div id="panel-alert" role="alert" />
  </section>
);

/** Asks whether what is asked about may leave the device. */
export const DeviceSwitch: FC<{ readonly texts: Texts }> = ({ texts: { device } }) => (
  <>
    <div class="device needs-script">
      <label class="device-choice">
        <input type="checkbox" id="device-input" aria-describedby="device-status" autocomplete="off" />
        {device.choice}
      </label>
      <p class="soft small" id="device-status" role="status" />
      <progress id="device-progress" max="1" value="0" aria-label={device.download} hidden />
    </div>
    <p class="footnote needs-script" id="privacy-note">
      {device.sentNote}
    </p>
    <p class="footnote without-script">{device.sentWholeNote}</p>
  </>
);

/*
 * Cloudflare's Turnstile widget in the guests' form, where the deployment has one. It stays hidden from guests who need not
 * do anything. `client/human-check.ts` fills it; the token is a field of the form, so that a plain post carries it too.
 */

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
