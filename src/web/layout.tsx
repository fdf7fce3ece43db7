/**
 * The frame that both pages share: head, header, footer. Owns the document's metadata and the links to the
 * assets; knows nothing of what a page shows. It must stay free of inline scripts and styles, which the
 * Content-Security-Policy refuses.
 */
import { raw } from "hono/html";
import type { Child, FC } from "hono/jsx";

const SHARED_STYLES = ["style", "controls"];

export interface LayoutProps {
  readonly title: string;
  readonly description: string;
  /** Name of the page's script: `form` for `/assets/form.js`. */
  readonly script: "form" | "admin";
  /** Names of the page's own style sheets. */
  readonly styles: readonly string[];
  /** What stands at the right end of the header: a link, a button. */
  readonly navigation: Child;
  readonly children?: Child;
}

export const Layout: FC<LayoutProps> = ({ title, description, script, styles, navigation, children }) => (
  <>
    {raw("<!doctype html>")}
    <html lang="en">
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
        <script type="module" src={`/assets/${script}.js`} />
      </head>
      <body class={`page page-${script}`}>
        <a class="skip-link" href="#main">
          Skip to the content
        </a>
        <header class="site-header">
          <a class="wordmark" href="/">
            <img src="/assets/icon.svg" alt="" width="28" height="28" />
            Headstart
          </a>
          {navigation}
        </header>
        <main id="main">
          <noscript>
            <p class="notice notice-alert">
              This page needs JavaScript: your browser shrinks the photo before sending it.
            </p>
          </noscript>
          {children}
        </main>
      </body>
    </html>
  </>
);
