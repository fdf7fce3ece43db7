/** An upload that dribbles: a raw socket that declares a long body and then sends a byte now and then. Loopback only. */
import { connect, type Socket } from "node:net";
import type { DevServer } from "../../cli/dev-server.ts";

export interface SlowUpload {
  /** The status that the server answered with; null when it hung up without one. */
  readonly status: Promise<number | null>;
  end(): void;
}

export interface SlowUploadOptions {
  readonly path: string;
  readonly type: string;
  /** What `Content-Length` promises; absent: the body comes in chunks. */
  readonly declared?: number;
  /** Bytes that come at once. */
  readonly head: Uint8Array;
  readonly headers?: Readonly<Record<string, string>>;
  /** Between two bytes, in ms. */
  readonly everyMs: number;
}

/** Starts one; it sends until it is answered, hung up on or ended. */
export function startSlowUpload({ url }: Pick<DevServer, "url">, options: SlowUploadOptions): SlowUpload {
  const { hostname, port, host } = new URL(url);
  const socket = connect({ host: hostname, port: Number(port) });
  const { promise: status, resolve } = Promise.withResolvers<number | null>();
  let answer = "";
  socket.on("data", (chunk) => {
    answer += chunk.toString("latin1");
    const found = /^HTTP\/1\.1 (\d{3})/.exec(answer);
    if (found !== null) end(Number(found[1]));
  });
  socket.on("close", () => end(null));
  socket.on("error", () => end(null));
  socket.write(openRequest(options, host));
  write(socket, options, options.head);
  const timer = setInterval(() => write(socket, options, new Uint8Array(1)), options.everyMs);

  function end(code: number | null): void {
    clearInterval(timer);
    socket.destroy();
    resolve(code);
  }
  return { status, end: () => end(null) };
}

function openRequest({ path, type, declared, headers = {} }: SlowUploadOptions, host: string): string {
  const length = declared === undefined ? "transfer-encoding: chunked" : `content-length: ${declared}`;
  const more = Object.entries(headers).map(([name, value]) => `${name}: ${value}`);
  return [`POST ${path} HTTP/1.1`, `host: ${host}`, `content-type: ${type}`, length, ...more, "", ""].join("\r\n");
}

function write(socket: Socket, { declared }: SlowUploadOptions, bytes: Uint8Array): void {
  if (socket.destroyed || bytes.length === 0) return;
  if (declared === undefined) socket.write(`${bytes.length.toString(16)}\r\n`);
  socket.write(bytes);
  if (declared === undefined) socket.write("\r\n");
}
