/**
 * The guests' page: a photo in, an answer out. Renders the frame of every state; `client/form.ts` fills it, and without
 * script its form is posted and answered by a page. Holds no data of its own, so that it can be cached.
 */
import type { Child, FC } from "hono/jsx";
import type { Texts } from "../texts/en.ts";
import { GuestLayout } from "./guest-layout.tsx";
import { AnswerPanel, DeviceSwitch, HumanCheck } from "./guest-parts.tsx";
import { SampleDrawings } from "./samples.tsx";

/*
 * Where a guest's photo comes in: a frame to drop on, which later shows the preview, two native file inputs, and on a phone a button for
 * three shots in a row, which `client/burst.ts` shows where there may be a camera.
 * The inputs are real ones inside their labels, so that keyboard, screen reader and phone camera work unaided; without
 * script one of them is what it looks like, with a button to send it.
 */

/** What the file pickers offer; the browser turns what it can decode into a JPEG, the server judges the rest. */
const ACCEPT = "image/*";

interface PhotoIntakeProps {
  readonly texts: Texts;
  /** What else the form sends. */
  readonly children?: Child;
}

/** `children` stand inside the form, such as the human check. */
export const PhotoIntake: FC<PhotoIntakeProps> = ({ texts: { intake }, children }) => (
  <form class="card intake" aria-label={intake.photo} method="post" action="/" enctype="multipart/form-data">
    <label class="photo-frame needs-script" id="photo-frame" for="choose-input">
      <img class="preview" id="preview" alt={intake.preview} hidden />
      <span class="photo-hint" id="photo-hint">
        <span class="icon icon-photo" aria-hidden="true" />
        <span class="photo-hint-title fine-pointer">{intake.dropTitle}</span>
        <span class="photo-hint-title coarse-pointer">{intake.tapTitle}</span>
        <span class="soft fine-pointer">{intake.dropHint}</span>
        <span class="soft coarse-pointer">{intake.tapHint}</span>
      </span>
    </label>
    <div id="chooser-home">
      <div class="button-row chooser" id="chooser">
        <label class="button button-primary coarse-pointer needs-script" for="camera-input">
          <input
            class="visually-hidden"
            id="camera-input"
            type="file"
            accept={ACCEPT}
            capture="environment"
            aria-label={intake.take}
          />
          <span class="icon icon-camera" aria-hidden="true" />
          {intake.take}
        </label>
        <button class="button coarse-pointer needs-script" id="burst-button" type="button" hidden>
          {intake.burst.offer}
        </button>
        <label class="button button-choose" for="choose-input">
          <span class="icon icon-photo" aria-hidden="true" />
          <span id="choose-text">{intake.choose}</span>
          <input
            class="visually-hidden"
            id="choose-input"
            name="image"
            type="file"
            accept={ACCEPT}
            aria-label={intake.choose}
            required
          />
        </label>
        <button class="button button-primary without-script" type="submit">
          {intake.ask}
        </button>
        <SampleDrawings title={intake.samples} name={intake.sample} />
      </div>
    </div>
    {children}
  </form>
);

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
