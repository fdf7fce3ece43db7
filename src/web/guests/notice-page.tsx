/** A page that says one thing and offers one step: a refusal in plain words, or thanks. For browsers without script. */
import type { FC } from "hono/jsx";
import type { Texts } from "../texts/en.ts";
import { GuestLayout } from "./guest-layout.tsx";
import { explainToGuest, type GuestWords } from "./guest-problems.ts";

interface RefusalPageProps {
  readonly texts: Texts;
  /** Why, as the API's problems name it. */
  readonly code: string;
}

/** `code` is that of the problem. */
export const RefusalPage: FC<RefusalPageProps> = ({ texts, code }) => {
  const { text, remedy } = explainToGuest(code, texts);
  return (
    <GuestLayout texts={texts} title={`${texts.page.refused} · Headstart`}>
      <section class="card panel panel-alone">
        <h1 class="headline">{texts.page.refused}</h1>
        <div class="notice notice-alert" role="alert">
          <p>{text}</p>
        </div>
        <Onward remedy={remedy} texts={texts} />
      </section>
    </GuestLayout>
  );
};

/** Where an address has no page. */
export const LostPage: FC<{ readonly texts: Texts }> = ({ texts: { lost }, texts }) => (
  <GuestLayout texts={texts} title={`${lost.title} · Headstart`}>
    <section class="card panel panel-alone">
      <h1 class="headline">{lost.title}</h1>
      <p class="soft">{lost.detail}</p>
      <p>
        <a class="button button-primary" href="/">
          {lost.toStart}
        </a>
      </p>
    </section>
  </GuestLayout>
);

/** What became of what a guest said, as `POST /v1/labels` names it. */
type ThanksKind = "pending" | "counted" | "known" | "suggested";

interface ThanksPageProps {
  readonly texts: Texts;
  readonly kind: ThanksKind;
}

/** `kind` says what has become of the correction or the wish. */
export const ThanksPage: FC<ThanksPageProps> = ({ texts, kind }) => (
  <GuestLayout texts={texts} title={`${texts.thanks.title} · Headstart`}>
    <section class="card panel panel-alone">
      <h1 class="headline">{texts.thanks.title}</h1>
      <p class="soft">{texts.thanks[kind]}</p>
      <Onward remedy="other-photo" texts={texts} />
    </section>
  </GuestLayout>
);

/** The way to the form, named after what helps there; plain where nothing does. */
const Onward: FC<{ readonly texts: Texts; readonly remedy: GuestWords["remedy"] }> = ({ texts, remedy }) => {
  const words = { again: texts.again, "other-photo": texts.anotherPhoto, none: texts.picker.back };
  return (
    <p>
      <a class={remedy === "none" ? "button" : "button button-primary"} href="/">
        {words[remedy]}
      </a>
    </p>
  );
};
