/**
 * The frame that both pages share: head, header, footer. Owns the document's metadata and the links to the
 * assets; knows nothing of what a page shows. It must stay free of inline scripts and styles, which the
 * Content-Security-Policy refuses.
 */
import { raw } from "hono/html";
import type { Child, FC } from "hono/jsx";
import { findTexts } from "./texts/languages.ts";

const SHARED_STYLES = ["style", "controls"];

interface LayoutProps {
  readonly title: string;
  readonly description: string;
  readonly page: "form" | "admin";
  /** The page's script in `/assets/`, without its ending; absent on pages that need none. */
  readonly script?: string;
  /** Names of the page's own style sheets. */
  readonly styles: readonly string[];
  /** What stands at the right end of the header: a link, a button. */
  readonly navigation: Child;
  /** The tag of the page's language. */
  readonly language: string;
  /** What is said to browsers without script; absent on pages that work without. */
  readonly scriptNotice?: string;
  /** Further elements of the head. */
  readonly head?: Child;
  readonly children?: Child;
}

/** The frame of every page: its head, styles and script. */
export const Layout: FC<LayoutProps> = ({
  title,
  description,
  page,
  script,
  styles,
  navigation,
  language,
  scriptNotice,
  head,
  children,
}) => (
  <>
    {raw("<!doctype html>")}
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover" />
        <title>{title}</title>
        <meta name="description" content={description} />
        <meta name="color-scheme" content="light dark" />
        <meta name="theme-color" content="#faf6ef" media="(prefers-color-scheme: light)" />
        <meta name="theme-color" content="#16140f" media="(prefers-color-scheme: dark)" />
        <link rel="icon" type="image/svg+xml" href="/assets/icon.svg" />
        {[...SHARED_STYLES, ...styles].map((name) => (
          <link rel="stylesheet" href={`/assets/${name}.css`} key={name} />
        ))}
        {head}
        {script !== undefined && <script type="module" src={`/assets/${script}.js`} />}
      </head>
      <body class={`page page-${page}`}>
        <a class="skip-link" href="#main">
          {findTexts(language).page.skip}
        </a>
        <header class="site-header">
          <a class="wordmark" href="/">
            <img src="/assets/icon.svg" alt="" width="28" height="28" />
            Headstart
          </a>
          {navigation}
        </header>
        <main id="main">
          {scriptNotice !== undefined && (
            <noscript>
              <p class="notice notice-alert">{scriptNotice}</p>
            </noscript>
          )}
          {children}
        </main>
      </body>
    </html>
  </>
);
