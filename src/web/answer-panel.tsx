/** Where an answer appears beside what was asked about; `client/form-panel.ts` fills it. */
import type { FC } from "hono/jsx";
import type { Texts } from "./texts/en.ts";

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
