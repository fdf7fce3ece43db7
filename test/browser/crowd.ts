/** What makes a deployment refuse guests for a while: many requests at once, and photos that take up all the room. */
import type { DevServer } from "../../cli/dev-server.ts";
import { makePhoto } from "../support/photos.ts";
import { type SlowUpload, startSlowUpload } from "../support/slow-upload.ts";

/** The machine itself is not limited, so guests under limits come from an address of the documentation's. */
export const GUEST_HEADERS = { "cf-connecting-ip": "203.0.113.7" };
/** Together as much as there is room for. */
const FILLING_BYTES = [10 * 1024 * 1024, 2 * 1024 * 1024];
/** What of each does not come for a long time. */
const REST_BYTES = 1_000;
const PAUSE_MS = 500;
/** A few at a time: what the limit gives back in between is taken at once. */
const BURST = 8;

export interface Crowd {
  /** Goes away; resolves when its last request was answered. */
  leave(): Promise<void>;
}

/** Has staff send photos that fill the room and do not end, again and again while the crowd stays; resolves when it is full. */
export async function fillRoom(server: DevServer): Promise<Crowd> {
  let isHere = true;
  const uploads = new Set<SlowUpload>();
  const headers = { authorization: `Bearer ${server.adminToken}` };
  const keepSending = async (declared: number) => {
    while (isHere) {
      const head = new Uint8Array(declared - REST_BYTES);
      const options = { path: "/v1/classify", type: "image/jpeg", declared, head, headers, everyMs: PAUSE_MS };
      const upload = startSlowUpload(server, options);
      uploads.add(upload);
      await upload.status;
      uploads.delete(upload);
    }
  };
  const crowd = Promise.all(FILLING_BYTES.map(keepSending));
  while (await hasRoom(server)) await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  return {
    leave: async () => {
      isHere = false;
      for (const upload of uploads) upload.end();
      await crowd;
    },
  };
}

async function hasRoom({ url, adminToken }: DevServer): Promise<boolean> {
  const headers = { authorization: `Bearer ${adminToken}`, "content-type": "image/png" };
  const answer = await fetch(`${url}/v1/classify`, { method: "POST", headers, body: makePhoto("pepperoni", 0) });
  await answer.body?.cancel();
  return answer.status !== 503;
}

/** Asks as a guest with these headers, without a pause, so that the network is over its limit while the crowd stays; resolves when it is. */
export async function askInHaste({ url }: DevServer, headers: Readonly<Record<string, string>>): Promise<Crowd> {
  let isHere = true;
  const refused = Promise.withResolvers<void>();
  const ask = async () => {
    const answer = await fetch(`${url}/v1/classify`, { method: "POST", headers });
    await answer.body?.cancel();
    if (answer.status === 429) refused.resolve();
  };
  const keepAsking = async () => {
    while (isHere) await Promise.all(Array.from({ length: BURST }, ask));
  };
  const crowd = keepAsking();
  await refused.promise;
  return {
    leave: () => {
      isHere = false;
      return crowd;
    },
  };
}
