/**
 * The door for other devices: listens on an address of this machine in its network and hands requests on to the Worker, which
 * itself listens to this machine only. Closed for the kitchen and the routes behind it unless somebody opened it.
 */
import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { networkInterfaces } from "node:os";
import { CommandError, reasonOf } from "../shared/command.ts";
import { LOOPBACK } from "./ports.ts";

const CLOSED =
  "The kitchen is closed to the network. Open it on the computer where npm start runs, or start it there with: npm start -- --lan --lan-admin";
const GONE = "The Worker behind this address does not answer. Look where npm start runs.";
/** `/admin`, `/v1/admin` and what is below them. */
const KITCHEN = /^(\/v1)?\/admin(\/|$)/i;

export interface LanGateOptions {
  /** An address of this machine. */
  readonly address: string;
  readonly port: number;
  /** Where the Worker listens on the loopback address. */
  readonly workerPort: number;
  readonly isKitchenOpen: boolean;
}

export interface LanGate {
  /** Without a slash at the end. */
  readonly url: string;
  close(): Promise<void>;
}

/** The IPv4 addresses under which others in its networks reach this machine; none where it is in no network. */
export function listLanAddresses(): readonly string[] {
  return Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .filter(({ family, internal }) => family === "IPv4" && !internal)
    .map(({ address }) => address);
}

/** Resolves when the door is open. Throws `CommandError` where the port is taken at that address. */
export function openLanGate({ address, port, workerPort, isKitchenOpen }: LanGateOptions): Promise<LanGate> {
  const server = createServer((incoming, outgoing) => {
    const path = readPath(incoming.url ?? "/");
    if (path === null || (!isKitchenOpen && KITCHEN.test(path.decoded))) return refuse(outgoing, 403, CLOSED);
    passOn(incoming, outgoing, workerPort, path.sent);
  });
  server.unref(); // a start that fails after this one still ends
  return new Promise((resolve, reject) => {
    server.once("error", (cause) =>
      reject(new CommandError(`${address}:${port} cannot be opened to the network: ${reasonOf(cause)}.`)),
    );
    server.listen(port, address, () => {
      const bound = server.address();
      const open = typeof bound === "object" && bound !== null ? bound.port : port;
      resolve({ url: `http://${address}:${open}`, close: () => closeAll(server) });
    });
  });
}

/** The path as the Worker will read it, its escapes undone as its router undoes them; null for one that cannot be read. */
function readPath(text: string): { readonly sent: string; readonly decoded: string } | null {
  try {
    const { pathname, search } = new URL(text, "http://localhost");
    return { sent: pathname + search, decoded: decodeURIComponent(pathname) };
  } catch {
    return null;
  }
}

function passOn(incoming: IncomingMessage, outgoing: ServerResponse, port: number, path: string): void {
  // The Worker limits guests by their address. What a client says of its own is not believed.
  const headers = { ...incoming.headers, "cf-connecting-ip": incoming.socket.remoteAddress ?? "" };
  const onward = request({ host: LOOPBACK, port, path, method: incoming.method, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.once("error", () => refuse(outgoing, 502, GONE));
  outgoing.once("close", () => onward.destroy());
  incoming.pipe(onward);
}

function refuse(outgoing: ServerResponse, status: number, words: string): void {
  if (outgoing.headersSent) return void outgoing.destroy();
  outgoing.writeHead(status, { "content-type": "text/plain; charset=utf-8", connection: "close" });
  outgoing.end(`${words}\n`);
}

function closeAll(server: ReturnType<typeof createServer>): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}
