/**
 * Receives messages of Headstart's webhooks and verifies them as Standard Webhooks has it, with Node alone:
 * `WEBHOOK_SECRET=whsec_... PORT=8080 node verify.js`. In a program of your own take `verify` alone.
 */
import { createHmac, timingSafeEqual } from "node:crypto";
import { createServer } from "node:http";
import { text } from "node:stream/consumers";

const TOLERANCE_SECONDS = 300;

/** The message; throws where it was not signed with the secret, or longer ago than a repetition by a stranger should be. `body` is what came, unparsed. */
export function verify(headers, body, secret, now = Date.now() / 1_000) {
  const time = headers["webhook-timestamp"];
  if (!(Math.abs(now - Number(time)) <= TOLERANCE_SECONDS))
    throw new Error("The message is too old, or your clock is wrong.");
  const key = Buffer.from(secret.replace(/^whsec_/, ""), "base64");
  const expected = createHmac("sha256", key).update(`${headers["webhook-id"]}.${time}.${body}`).digest();
  const isSigned = String(headers["webhook-signature"])
    .split(" ")
    .some((signature) => {
      const given = Buffer.from(signature.replace(/^v1,/, ""), "base64");
      return given.length === expected.length && timingSafeEqual(given, expected);
    });
  if (!isSigned) throw new Error("The message was not signed with this secret.");
  return JSON.parse(body);
}

if (import.meta.main ?? process.argv[1] === import.meta.filename) {
  const seen = new Set(); // a message can come twice: keep ids where they outlive the program
  createServer(async (request, response) => {
    try {
      const message = verify(request.headers, await text(request), process.env.WEBHOOK_SECRET ?? "");
      if (!seen.has(request.headers["webhook-id"])) console.log(JSON.stringify(message));
      seen.add(request.headers["webhook-id"]);
      response.writeHead(204).end(); // answer first: after ten seconds the message counts as lost
    } catch (error) {
      response.writeHead(400).end(error.message);
    }
  }).listen(Number(process.env.PORT ?? 8080), "127.0.0.1", () => console.log("ready"));
}
