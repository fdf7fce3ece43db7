/** Which TCP ports of this machine are free. An answer can be outdated a moment later. */
import { randomInt } from "node:crypto";
import { createServer } from "node:net";

/** The address that local servers listen on: this machine only. */
export const LOOPBACK = "127.0.0.1";

/** True when nothing listens on `port`. */
export function isPortFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

/** Below what Linux (from 32,768) and macOS hand out to whoever asks for any port; browsers and `fetch` refuse none of these. */
const [FIRST_PORT, END_PORT] = [12_000, 32_000];
const TRIES = 100;

/** Some free port, which no other program is likely to get before it is used. */
export async function findFreePort(): Promise<number> {
  for (let i = 0; i < TRIES; i++) {
    const port = randomInt(FIRST_PORT, END_PORT);
    if (await isPortFree(port)) return port;
  }
  throw new Error(`of ${TRIES} TCP ports none is free`);
}
