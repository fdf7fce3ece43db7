/** An HTTP server on this machine for one test. */
import { createServer, type RequestListener } from "node:http";
import { onTestFinished } from "vitest";

/** Starts it on a free port and returns its address; it ends with the running test. */
export async function serveLocally(listener: RequestListener): Promise<string> {
  const server = createServer(listener);
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server has no TCP address");
  return `http://127.0.0.1:${address.port}`;
}
