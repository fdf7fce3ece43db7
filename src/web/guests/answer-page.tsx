/**
 * The answer to a photo that was posted without script: what it looks like, how well each item fits, and forms that say
 * whether that is right. The receipt in them is all that the server needs; it has kept nothing.
 */
import type { FC } from "hono/jsx";
import type { Classification, MenuItem, Prediction } from "../client/answers.ts";
import type { Texts } from "../texts/en.ts";
import { GuestLayout } from "./guest-layout.tsx";
import { describeAnswer, describeLimits, listReplies, noteOnCopy, type Reply, type Verdict } from "./wording.ts";

interface AnswerPageProps {
  readonly texts: Texts;
  readonly answer: Classification;
  /** The menu, to choose from where the answer is wrong. */
  readonly items: readonly MenuItem[];
  /** What was asked about, where it was a text: staff get a copy with a correction. */
  readonly sent?: string | undefined;
  /** Whether that copy stays with a label that staff agree with. */
  readonly picturesKept?: boolean;
}

/** `items` is the whole menu, for the form with which a guest names the right one. */
export const AnswerPage: FC<AnswerPageProps> = ({ texts, answer, items, sent, picturesKept }) => {
  const verdict = describeAnswer(answer, texts);
  return (
    <GuestLayout texts={texts} title={`${verdict.headline} · Headstart`}>
      <section class="card panel panel-alone">
        <div class="verdict">
          <h1 class="headline">{verdict.headline}</h1>
          <p class="soft">{verdict.detail}</p>
        </div>
        <div class="panel-parts">
          <Replies texts={texts} verdict={verdict} receipt={answer.receipt} items={items} sent={sent} />
          <Suggestion texts={texts} receipt={answer.receipt} />
          <ScoreBars texts={texts} predictions={answer.predictions} named={verdict.named} />
          {describeLimits(answer, verdict, texts).map((sentence) => (
            <p class="footnote">{sentence}</p>
          ))}
          <p class="footnote">
            {sent === undefined ? texts.answer.noteWithoutPicture : noteOnCopy(texts, picturesKept)}
          </p>
          <p>
            <a class="button" href="/">
              {texts.anotherPhoto}
            </a>
          </p>
        </div>
      </section>
    </GuestLayout>
  );
};

interface RepliesProps {
  readonly texts: Texts;
  readonly verdict: Verdict;
  readonly receipt: string;
  readonly items: readonly MenuItem[];
  readonly sent: string | undefined;
}

const Replies: FC<RepliesProps> = ({ texts, verdict, receipt, items, sent }) => {
  const refused = new Set(verdict.named.map(({ label }) => label));
  const others = items.filter(({ id }) => !refused.has(id));
  return (
    <form class="replies" method="post" action="/reply">
      <input type="hidden" name="receipt" value={receipt} />
      {sent !== undefined && <input type="hidden" name="sent" value={sent} />}
      {listReplies(verdict, texts).map(({ text, label, kind }) =>
        label === null ? (
          <details class="reply-list">
            <summary class="button">{text}</summary>
            <p class="soft">{texts.picker.title}</p>
            <div class="button-row">
              {others.map(({ id, name }) => (
                <button class="button" type="submit" name="label" value={id}>
                  {name}
                </button>
              ))}
            </div>
          </details>
        ) : (
          <button class={buttonClass(kind)} type="submit" name="label" value={label}>
            {text}
          </button>
        ),
      )}
    </form>
  );
};

function buttonClass(kind: Reply["kind"]): string {
  return kind === "primary" ? "button button-primary" : "button";
}

/** The longest suggestion that the field takes; the API has the last word. */
const MAX_SUGGESTION_LENGTH = 200;

const Suggestion: FC<{ readonly texts: Texts; readonly receipt: string }> = ({
  texts: { picker, missing },
  receipt,
}) => (
  <details class="reply-list">
    <summary class="quiet-link">{picker.somethingElse}</summary>
    <form class="suggestion" method="post" action="/suggest">
      <input type="hidden" name="receipt" value={receipt} />
      <label class="field">
        <span class="field-name">{missing.field}</span>
        <input name="text" maxlength={MAX_SUGGESTION_LENGTH} required autocomplete="off" />
      </label>
      <p class="soft small">{missing.hint}</p>
      <button class="button button-primary" type="submit">
        {missing.send}
      </button>
    </form>
  </details>
);

interface ScoreBarsProps {
  readonly texts: Texts;
  readonly predictions: readonly Prediction[];
  readonly named: readonly Prediction[];
}

/** The bars are drawings, because the Content-Security-Policy refuses style attributes; the figures are text. */
const ScoreBars: FC<ScoreBarsProps> = ({ texts, predictions, named }) => (
  <ol class="bars" aria-label={texts.answer.bars}>
    {predictions.map((prediction) => (
      <li class={named.includes(prediction) ? "bar bar-named" : "bar"}>
        <span class="bar-name">{prediction.name}</span>
        <span class="bar-score">{texts.formatScore(prediction.score)}</span>
        <svg class="bar-track" viewBox="0 0 100 1" preserveAspectRatio="none" aria-hidden="true">
          <rect class="bar-drawn" width={100 * prediction.score} height="1" />
        </svg>
        {typeof prediction.examples === "number" && (
          <span class="bar-evidence">{texts.answer.learntFrom(prediction.examples)}</span>
        )}
      </li>
    ))}
  </ol>
);
