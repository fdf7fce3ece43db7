/** A page that says one thing and offers one step: a refusal in plain words, or thanks. For browsers without script. */
import type { FC } from "hono/jsx";
import { GuestLayout } from "./guest-layout.tsx";
import { explainToGuest } from "./guest-problems.ts";
import type { Texts } from "./texts/en.ts";

export interface RefusalPageProps {
  readonly texts: Texts;
  /** Why, as the API's problems name it. */
  readonly code: string;
}

export const RefusalPage: FC<RefusalPageProps> = ({ texts, code }) => (
  <GuestLayout texts={texts} title={`${texts.page.refused} · Headstart`}>
    <section class="card panel panel-alone">
      <h1 class="headline">{texts.page.refused}</h1>
      <div class="notice notice-alert" role="alert">
        <p>{explainToGuest(code, texts).text}</p>
      </div>
      <Onward text={texts.again} />
    </section>
  </GuestLayout>
);

/** What became of what a guest said, as `POST /v1/labels` names it. */
export type ThanksKind = "pending" | "counted" | "decided" | "known" | "suggested";

export interface ThanksPageProps {
  readonly texts: Texts;
  readonly kind: ThanksKind;
}

export const ThanksPage: FC<ThanksPageProps> = ({ texts, kind }) => (
  <GuestLayout texts={texts} title={`${texts.thanks.title} · Headstart`}>
    <section class="card panel panel-alone">
      <h1 class="headline">{texts.thanks.title}</h1>
      <p class="soft">{texts.thanks[kind]}</p>
      <Onward text={texts.anotherPhoto} />
    </section>
  </GuestLayout>
);

const Onward: FC<{ readonly text: string }> = ({ text }) => (
  <p>
    <a class="button button-primary" href="/">
      {text}
    </a>
  </p>
);
