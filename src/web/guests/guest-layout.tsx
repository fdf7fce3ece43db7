/** The frame of every page that guests see, in their language, with or without script. */
import type { Child, FC } from "hono/jsx";
import { Layout } from "../layout.tsx";
import type { Texts } from "../texts/en.ts";

interface GuestLayoutProps {
  readonly texts: Texts;
  /** The title, where it is not the form's own. */
  readonly title?: string;
  /** The page's script in `/assets/`, without its ending. */
  readonly script?: string;
  readonly children?: Child;
}

/** Without `script` the page works by forms alone. */
export const GuestLayout: FC<GuestLayoutProps> = ({ texts, title, script, children }) => (
  <Layout
    title={title ?? texts.page.title}
    description={texts.page.description}
    page="form"
    styles={["form", "answer"]}
    language={texts.tag}
    {...(script === undefined ? {} : { script })}
    head={
      <>
        <link rel="manifest" href="/assets/app.webmanifest" />
        <link rel="apple-touch-icon" href="/assets/icon-192.png" />
        {/* Styles cannot be inline here; browsers with script never ask for this file. */}
        <noscript>
          <link rel="stylesheet" href="/assets/no-script.css" />
        </noscript>
      </>
    }
    navigation={
      <nav aria-label={texts.page.site}>
        <a class="quiet-link" href="/admin">
          {texts.page.kitchen}
        </a>
      </nav>
    }
  >
    {children}
  </Layout>
);
