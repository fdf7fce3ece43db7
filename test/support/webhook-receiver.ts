/** A receiver of webhooks on this machine: it verifies what comes as Standard Webhooks has it, and answers well, badly, late or without end. */
import { createHmac } from "node:crypto";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A message as it came; `isSigned`: one of its signatures is by the receiver's secret. */
export interface ReceivedMessage {
  readonly id: string;
  readonly isSigned: boolean;
  readonly signatures: number;
  readonly body: { readonly type: string; readonly timestamp: string; readonly data: Record<string, unknown> };
}

/** Answers one message; may leave it without an answer. */
export type ReceiverBehaviour = (response: ServerResponse, message: ReceivedMessage) => void;

export interface WebhookReceiver extends AsyncDisposable {
  readonly url: string;
  /** Oldest first. */
  readonly received: ReceivedMessage[];
  /** What it checks signatures with from now on, as its owner was shown it. */
  secret: string;
  /** From now on it answers so. */
  behave(behaviour: ReceiverBehaviour): void;
}

/** Answers with this status and nothing more. */
export const answersWith =
  (status: number, headers: Record<string, string> = {}): ReceiverBehaviour =>
  (response) =>
    void response.writeHead(status, headers).end();

/** Begins well, and never stops. */
export const talksWithoutEnd: ReceiverBehaviour = (response) => {
  response.writeHead(200);
  const talk = setInterval(() => response.write("x".repeat(100_000)), 5);
  response.on("close", () => clearInterval(talk));
};

/** Starts on a free port of the loopback address. */
export async function startWebhookReceiver(behaviour: ReceiverBehaviour = answersWith(204)): Promise<WebhookReceiver> {
  const received: ReceivedMessage[] = [];
  let answer = behaviour;
  const server = createServer(async (incoming, response) => {
    const body = await text(incoming);
    const [id, time, signature] = ["id", "timestamp", "signature"].map((name) =>
      String(incoming.headers[`webhook-${name}`]),
    );
    const isOfNow = Math.abs(Date.now() / 1_000 - Number(time)) < 300;
    const isSigned = isOfNow && signature.split(" ").includes(sign(receiver.secret, `${id}.${time}.${body}`));
    const message = { id, isSigned, signatures: signature.split(" ").length, body: JSON.parse(body) };
    received.push(message);
    answer(response, message);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // -- a decoder: TCP servers have no other kind
  const receiver: WebhookReceiver = {
    url: `http://127.0.0.1:${port}/`,
    received,
    secret: "",
    behave(next) {
      answer = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
  return receiver;
}

/** By the text of Standard Webhooks: the base64 of HMAC-SHA256 over id, time and body, by the bytes behind `whsec_`. */
function sign(secret: string, signed: string): string {
  const key = Buffer.from(secret.slice("whsec_".length), "base64");
  return `v1,${createHmac("sha256", key).update(signed).digest("base64")}`;
}
