/** Which TCP ports of this machine are free. An answer can be outdated a moment later; `startDevServer` then starts again. */
import { createServer } from "node:net";

/** The address that local servers listen on: this machine only. */
export const LOOPBACK = "127.0.0.1";

/** True when nothing listens on `port`. */
export async function isPortFree(port: number): Promise<boolean> {
  return (await listenOnce(port)) !== undefined;
}

/** Some free port. */
export async function findFreePort(): Promise<number> {
  const port = await listenOnce(0);
  if (port === undefined) throw new Error("the system has no free TCP port");
  return port;
}

function listenOnce(port: number): Promise<number | undefined> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(undefined));
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : undefined));
    });
  });
}
