/** An answer that is made before an upload has ended must not break the connection under the client that sends it. */
import { beforeEach, describe, expect, it } from "vitest";
import { resetDatabase, send } from "../support/worker-client.ts";

const MIB = 1024 * 1024;

beforeEach(resetDatabase);

/** Sends a photo that nobody can classify yet, in pieces of 1 MiB; how many of them were taken in. */
async function upload(pieces: number, declared: number) {
  const { readable, writable } = new IdentityTransformStream();
  const writer = writable.getWriter();
  let taken = 0;
  const sent = (async () => {
    for (; taken < pieces; taken++) await writer.write(new Uint8Array(MIB));
    await writer.close();
  })();
  const headers = { "content-type": "image/jpeg", "content-length": String(declared) };
  const { status, body } = await send("/v1/classify", { method: "POST", body: readable, headers });
  if (taken > 0) await sent;
  return { status, code: body.code, taken };
}

describe("an answer that comes before the upload has ended", () => {
  it("lets the client send the rest", async () => {
    expect(await upload(8, 8 * MIB)).toEqual({ status: 409, code: "no_head", taken: 8 });
  });

  it("takes in nothing of what is declared to be longer than any body may be", async () => {
    expect(await upload(1, 17 * MIB)).toEqual({ status: 409, code: "no_head", taken: 0 });
  });
});
