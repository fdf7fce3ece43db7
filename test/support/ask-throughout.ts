/** A guest who asks again and again while something else goes on, whichever server answers. */
import { setTimeout as sleep } from "node:timers/promises";

/** What one answer said of itself. */
export interface HeardAnswer {
  readonly status: number;
  readonly headVersion: number;
  readonly backboneId: string;
}

const PAUSE_MS = 100;

/** What a test tells the guest, and what the guest heard. */
export interface Guest {
  /** Asks the server there from now on. */
  visit(url: string): void;
  /** To be called before the server stops: a moment later its port may be another program's. */
  leave(): void;
  /** Stops asking and returns every answer. */
  end(): Promise<readonly HeardAnswer[]>;
}

/**
 * Asks about `photo` wherever `visit` says until `end` is called. A server that refuses the connection or breaks off in the middle of an
 * answer gives none, nor does one that was left meanwhile. What arrived whole and is not JSON fails `end`.
 */
export function askThroughout(photo: Uint8Array<ArrayBuffer>, type: string): Guest {
  const heard: HeardAnswer[] = [];
  let address: string | undefined;
  let isOver = false;
  const asking = (async () => {
    while (!isOver) {
      const asked = address;
      const answer = asked === undefined ? null : await ask(asked, photo, type).catch(() => null);
      if (answer !== null && asked === address) heard.push(read(answer));
      await sleep(PAUSE_MS);
    }
  })();
  asking.catch(() => undefined); // `end` says it
  return {
    visit(url) {
      address = url;
    },
    leave() {
      address = undefined;
    },
    async end() {
      isOver = true;
      await asking;
      return heard;
    },
  };
}

async function ask(url: string, body: Uint8Array<ArrayBuffer>, type: string) {
  const response = await fetch(`${url}/v1/classify`, { method: "POST", body, headers: { "content-type": type } });
  return { status: response.status, text: await response.text() };
}

function read({ status, text }: { status: number; text: string }): HeardAnswer {
  if (!text.startsWith("{")) throw new Error(`An answer that is not JSON, status ${status}: "${text}"`);
  const body = JSON.parse(text) as Partial<HeardAnswer>; // -- the routes' own tests hold this shape
  return { status, headVersion: body.headVersion ?? 0, backboneId: body.backboneId ?? "" };
}
