/**
 * The guests' page: a photo in, an answer out. Renders the frame of every state; `client/form.ts` fills it, and without
 * script its form is posted and answered by a page. Holds no data of its own, so that it can be cached.
 */
import type { FC } from "hono/jsx";
import { AnswerPanel } from "./answer-panel.tsx";
import { DeviceSwitch } from "./device-switch.tsx";
import { GuestLayout } from "./guest-layout.tsx";
import { HumanCheck } from "./human-check.tsx";
import { PhotoIntake } from "./photo-intake.tsx";
import type { Texts } from "./texts/en.ts";

interface FormPageProps {
  readonly texts: Texts;
  /** Of the Turnstile widget, where guests have to show that they are people. */
  readonly siteKey?: string | undefined;
}

/** `siteKey` is that of Turnstile; absent where the deployment asks nobody for the human check. */
export const FormPage: FC<FormPageProps> = ({ texts, siteKey }) => (
  <GuestLayout texts={texts} script={`form-${texts.tag}`}>
    <div class="intro">
      <h1>{texts.page.heading}</h1>
      <p class="lead">{texts.page.lead}</p>
    </div>
    <div class="bench">
      <PhotoIntake texts={texts}>{siteKey !== undefined && <HumanCheck texts={texts} siteKey={siteKey} />}</PhotoIntake>
      <AnswerPanel texts={texts} />
      <div class="card chooser-below" id="chooser-below" />
    </div>
    <DeviceSwitch texts={texts} />
  </GuestLayout>
);
