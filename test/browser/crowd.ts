/** What makes a deployment refuse guests for a while: many requests at once, and photos that take up all the room. */
import type { DevServer } from "../../cli/dev-server.ts";
import { makePhoto } from "../support/photos.ts";

/** The machine itself is not limited, so guests under limits come from an address of the documentation's. */
export const GUEST_HEADERS = { "cf-connecting-ip": "203.0.113.7" };
/** A dozen more than may wait. */
const CLIENTS = 44;
/** After a refusal: a key may ask 600 times in ten seconds. */
const PAUSE_MS = 500;
/** A few at a time: what the limit gives back in between is taken at once. */
const BURST = 8;

export interface Crowd {
  /** Goes away; resolves when its last request was answered. */
  leave(): Promise<void>;
}

/** Has staff ask with more photos at once than may wait, so that there is no room while the crowd stays; resolves when it is so. */
export async function fillRoom({ url, adminToken }: DevServer): Promise<Crowd> {
  let isHere = true;
  const full = Promise.withResolvers<void>();
  const photo = makePhoto("pepperoni", 0);
  const headers = { authorization: `Bearer ${adminToken}`, "content-type": "image/png" };
  const keepAsking = async () => {
    while (isHere) {
      const answer = await fetch(`${url}/v1/classify`, { method: "POST", headers, body: photo });
      await answer.body?.cancel();
      if (answer.status === 200) continue;
      full.resolve();
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
  };
  const crowd = Promise.all(Array.from({ length: CLIENTS }, keepAsking));
  await full.promise;
  return {
    leave: async () => {
      isHere = false;
      await crowd;
    },
  };
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
