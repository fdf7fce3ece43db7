/** A server on this machine that plays a teacher which speaks OpenAI's chat completions: well, badly, late or not at all. */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

/** A request as it came. */
export interface TeacherRequest {
  readonly url: string;
  readonly authorization: string | undefined;
  readonly body: {
    readonly model: string;
    readonly messages: readonly { readonly role: string; readonly content: unknown }[];
    readonly response_format: { readonly json_schema: { readonly schema: object } };
  };
}

/** Answers one request; may leave it without an answer. */
export type TeacherBehaviour = (response: ServerResponse, request: TeacherRequest) => void;

export interface TeacherServer extends AsyncDisposable {
  readonly url: string;
  /** Oldest first. */
  readonly asked: TeacherRequest[];
  /** From now on it answers so. */
  behave(behaviour: TeacherBehaviour): void;
}

/** Starts on a free port of the loopback address. */
export async function startTeacherServer(behaviour: TeacherBehaviour): Promise<TeacherServer> {
  const asked: TeacherRequest[] = [];
  let answer = behaviour;
  const server = createServer((incoming, response) => {
    readRequest(incoming).then(
      (request) => {
        asked.push(request);
        answer(response, request);
      },
      () => response.destroy(),
    );
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo; // -- a decoder: TCP servers have no other kind
  return {
    url: `http://127.0.0.1:${port}/v1/chat/completions`,
    asked,
    behave(next) {
      answer = next;
    },
    async [Symbol.asyncDispose]() {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

/** The body of a chat completion that says this. */
export function completionOf(content: string | null, refusal: string | null = null): string {
  const message = { role: "assistant", content, refusal };
  return JSON.stringify({ id: "chatcmpl-1", object: "chat.completion", choices: [{ index: 0, message }] });
}

/** Behaves well: says this of everything. */
export function says(content: string | null, refusal: string | null = null): TeacherBehaviour {
  return (response) =>
    response.writeHead(200, { "content-type": "application/json" }).end(completionOf(content, refusal));
}

async function readRequest(incoming: IncomingMessage): Promise<TeacherRequest> {
  const { url = "", headers } = incoming;
  return { url, authorization: headers.authorization, body: JSON.parse(await text(incoming)) };
}
