/**
 * The guests' page of a deployment that reads texts: a box to write or paste into, an answer out. `client/write.ts` fills it, and
 * without script its form is posted and answered by a page.
 */
import type { FC } from "hono/jsx";
import type { WritingTexts } from "../texts/for-texts/en.ts";
import { GuestLayout } from "./guest-layout.tsx";
import { AnswerPanel, DeviceSwitch, HumanCheck } from "./guest-parts.tsx";
import { SampleMails } from "./samples.tsx";

interface WritePageProps {
  readonly texts: WritingTexts;
  /** Of the Turnstile widget, where guests have to show that they are people. */
  readonly siteKey?: string | undefined;
  /** The model service that reads the texts, which then cannot stay on the device; null where the deployment reads them itself. */
  readonly handsOnTo: string | null;
  /** What it reads, as BCP 47 tags. */
  readonly languages: readonly string[];
}

/** The page of guests where texts are read. */
export const WritePage: FC<WritePageProps> = ({ texts, siteKey, handsOnTo, languages }) => (
  <GuestLayout texts={texts} script={`write-${texts.tag}`}>
    <div class="intro">
      <h1>{texts.page.heading}</h1>
      <p class="lead">{texts.page.lead}</p>
    </div>
    <div class="bench">
      <form class="card intake" id="write-form" method="post" action="/">
        <label class="field" for="text-input">
          <span class="field-name">{texts.box.field}</span>
          <textarea
            class="text-box"
            id="text-input"
            name="text"
            rows={7}
            placeholder={texts.box.placeholder}
            aria-describedby="text-hint"
            required
          />
        </label>
        <p class="soft small" id="text-hint">
          {texts.box.hint}
          {languages.every((tag) => tag.startsWith("en")) && ` ${texts.box.bestInEnglish}`}
        </p>
        <div class="button-row">
          <button class="button button-primary" type="submit">
            {texts.box.ask}
          </button>
        </div>
        <SampleMails title={texts.box.samples} />
        {siteKey !== undefined && <HumanCheck texts={texts} siteKey={siteKey} />}
      </form>
      <AnswerPanel texts={texts} />
    </div>
    {handsOnTo === null ? <DeviceSwitch texts={texts} /> : <p class="footnote">{texts.box.handedOnNote(handsOnTo)}</p>}
  </GuestLayout>
);
