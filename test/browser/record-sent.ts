/** What a page sends as the body of its requests, which cannot be seen from outside where it is a blob. */
import type { Page } from "playwright-core";

interface Sent {
  readonly path: string;
  /** Of a blob; empty for a body that is a text. */
  readonly type: string;
  readonly bytes: readonly number[];
  /** Photos of a form. */
  readonly photos: number;
}

/** Starts before the page's own script. */
const RECORD_SENT = `
  window.sent = [];
  const send = window.fetch;
  window.fetch = async (path, init) => {
    if (init?.body !== undefined) {
      const body = new Blob([init.body]);
      const bytes = Array.from(new Uint8Array(await body.arrayBuffer()));
      const photos = init.body instanceof FormData ? init.body.getAll("image").length : 0;
      sent.push({ path, type: init.body.type ?? "", bytes, photos });
    }
    return send(path, init);
  };`;

/** To be called before the page is opened. */
export async function recordSent(page: Page): Promise<void> {
  await page.addInitScript(RECORD_SENT);
}

/** What was sent since the last call, in order. */
export async function takeSent(page: Page): Promise<readonly Sent[]> {
  return page.evaluate<Sent[]>("sent.splice(0)");
}
