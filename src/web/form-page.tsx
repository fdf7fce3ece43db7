/**
 * The guests' page: a photo in, an answer out. Renders the frame of every state; `client/form.ts` fills it.
 * Holds no data of its own, so that it can be cached.
 */
import type { FC } from "hono/jsx";
import { Layout } from "./layout.tsx";
import { PhotoIntake } from "./photo-intake.tsx";

export const FormPage: FC = () => (
  <Layout
    title="What have we here? · Headstart"
    description="Take a photo and learn which item on the menu it shows."
    script="form"
    styles={["form"]}
    navigation={
      <nav aria-label="Site">
        <a class="quiet-link" href="/admin">
          Kitchen
        </a>
      </nav>
    }
  >
    <div class="intro">
      <h1>What have we here?</h1>
      <p class="lead">Show me a photo, and I’ll tell you what it is on our menu.</p>
    </div>
    <div class="bench">
      <PhotoIntake />
      <section class="card panel" id="panel" aria-label="Answer">
        <div role="status" id="verdict" class="verdict" />
        <div id="panel-body">
          <p class="soft">Reading the menu…</p>
        </div>
        <div id="panel-alert" role="alert" />
      </section>
    </div>
    <div class="device">
      <label class="device-choice">
        <input type="checkbox" id="device-input" aria-describedby="device-status" />
        Keep my photo on this device
      </label>
      <p class="soft" id="device-status" role="status" />
      <progress id="device-progress" max="1" value="0" aria-label="Download" hidden />
    </div>
    <p class="footnote" id="privacy-note">
      Your photo is shrunk on your device before it is sent, looked at once, and not kept.
    </p>
  </Layout>
);
