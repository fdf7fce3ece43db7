/** A guest who asks again and again while something else goes on, whichever server answers. */
import { setTimeout as sleep } from "node:timers/promises";

/** What one answer said of itself. */
export interface HeardAnswer {
  readonly status: number;
  readonly headVersion: number;
  readonly backboneId: string;
}

const PAUSE_MS = 100;

/** Asks about `photo` at `address()` until `end` is called, which returns every answer. A server that is being replaced refuses the connection: that is none. */
export function askThroughout(address: () => string, photo: Uint8Array<ArrayBuffer>, type: string) {
  const heard: HeardAnswer[] = [];
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const response = await fetch(`${address()}/v1/classify`, {
        ...{ method: "POST", body: photo, headers: { "content-type": type } },
      }).catch(() => null);
      if (response !== null) {
        const body = (await response.json().catch(() => ({}))) as Partial<HeardAnswer>; // -- the routes' own tests hold this shape
        heard.push({ status: response.status, headVersion: body.headVersion ?? 0, backboneId: body.backboneId ?? "" });
      }
      await sleep(PAUSE_MS);
    }
  })();
  return async function end(): Promise<readonly HeardAnswer[]> {
    isOver = true;
    await asking;
    return heard;
  };
}
