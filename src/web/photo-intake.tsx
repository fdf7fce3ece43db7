/**
 * Where a guest's photo comes in: a frame to drop on, which later shows the preview, and two native file inputs.
 * The inputs are real ones inside their labels, so that keyboard, screen reader and phone camera work unaided.
 */
import type { FC } from "hono/jsx";

/** What the file pickers offer; the browser turns what it can decode into a JPEG, the server judges the rest. */
const ACCEPT = "image/*";

export const PhotoIntake: FC = () => (
  <section class="card intake" aria-label="Photo">
    <label class="photo-frame" id="photo-frame" for="choose-input">
      <img class="preview" id="preview" alt="What you chose, as it will be looked at" hidden />
      <span class="photo-hint" id="photo-hint">
        <span class="icon icon-photo" aria-hidden="true" />
        <span class="photo-hint-title fine-pointer">Drop a photo here</span>
        <span class="photo-hint-title coarse-pointer">Your photo goes here</span>
        <span class="soft fine-pointer">or paste one, or click to choose</span>
        <span class="soft coarse-pointer">Tap to choose one</span>
      </span>
    </label>
    <div class="button-row">
      <label class="button button-primary coarse-pointer" for="camera-input">
        <input
          class="visually-hidden"
          id="camera-input"
          type="file"
          accept={ACCEPT}
          capture="environment"
          aria-label="Take a photo"
        />
        <span class="icon icon-camera" aria-hidden="true" />
        Take a photo
      </label>
      <label class="button button-choose" for="choose-input">
        <input class="visually-hidden" id="choose-input" type="file" accept={ACCEPT} aria-label="Choose a photo" />
        <span class="icon icon-photo" aria-hidden="true" />
        <span id="choose-text">Choose a photo</span>
      </label>
    </div>
  </section>
);
