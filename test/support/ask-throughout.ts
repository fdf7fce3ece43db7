/** A guest who asks again and again while something else goes on, whichever server answers. */
import { setTimeout as sleep } from "node:timers/promises";

/** What one answer said of itself. */
export interface HeardAnswer {
  readonly status: number;
  readonly headVersion: number;
  readonly backboneId: string;
}

const PAUSE_MS = 100;

/**
 * Asks about `photo` at `address()` until `end` is called, which returns every answer. A server that is being replaced refuses the
 * connection or breaks off in the middle of an answer: that is none. What arrived whole and is not JSON fails the asking.
 */
export function askThroughout(address: () => string, photo: Uint8Array<ArrayBuffer>, type: string) {
  const heard: HeardAnswer[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const answer = await ask(address(), photo, type).catch(() => null);
      if (answer !== null) heard.push(read(answer));
      await sleep(PAUSE_MS);
    }
  })();
  return async function end(): Promise<readonly HeardAnswer[]> {
    isOver = true;
    await asking;
    return heard;
  };
}

async function ask(url: string, body: Uint8Array<ArrayBuffer>, type: string) {
  const response = await fetch(`${url}/v1/classify`, { method: "POST", body, headers: { "content-type": type } });
  return { status: response.status, text: await response.text() };
}

function read({ status, text }: { status: number; text: string }): HeardAnswer {
  const body = JSON.parse(text) as Partial<HeardAnswer>; // -- the routes' own tests hold this shape
  return { status, headVersion: body.headVersion ?? 0, backboneId: body.backboneId ?? "" };
}
