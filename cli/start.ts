/**
 * `npm start`: the whole product on this machine, for a person. Puts a backbone in place, makes the local secrets once,
 * starts the Worker, says where it is, trains every minute until Ctrl-C. Data stays in .wrangler/state.
 */
import { ensureBackbone } from "./backbone/ensure-backbone.ts";
import { ensureLocalSecrets } from "./dev/local-secrets.ts";
import { isPortFree } from "./dev/ports.ts";
import { describeLogLine } from "./dev/worker-log.ts";
import { startDevServer } from "./dev-server.ts";
import { CommandError, runAsCommand } from "./shared/command.ts";
import { DEV_VARS_FILE } from "./shared/project-paths.ts";

const DEFAULT_PORT = 8_787;
const PORTS_TRIED = 20;
const TRAINING_INTERVAL_SECONDS = 60;

async function choosePort(wanted: string | undefined): Promise<number> {
  const first = wanted === undefined || wanted === "" ? DEFAULT_PORT : Number(wanted);
  if (!Number.isInteger(first) || first < 1 || first > 65_535) {
    throw new CommandError(`PORT is "${wanted}"; a number from 1 to 65535 is needed.`);
  }
  for (let port = first; port < first + PORTS_TRIED; port++) {
    if (!(await isPortFree(port))) continue;
    if (port !== first) console.log(`Port ${first} is taken, so the Worker uses ${port}.`);
    return port;
  }
  throw new CommandError(`Ports ${first} to ${first + PORTS_TRIED - 1} are all taken. Choose another with PORT=...`);
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
}

runAsCommand(import.meta.url, async () => {
  const interrupted = untilInterrupted();
  const { manifest } = await ensureBackbone();
  await ensureLocalSecrets(DEV_VARS_FILE);
  const port = await choosePort(process.env.PORT);
  const elsewhere = port === DEFAULT_PORT ? "" : ` --url http://127.0.0.1:${port}`; // where the command would not look
  console.log("Starting the Worker ...");
  const server = await startDevServer({
    port,
    quiet: true,
    cronEverySeconds: TRAINING_INTERVAL_SECONDS,
    onLine(line) {
      const text = describeLogLine(line);
      if (text !== undefined) console.log(text);
    },
  });
  console.log(`
  Headstart    ${server.url}
  Admin        ${server.url}/admin
  Admin token  ${server.adminToken}
  Backbone     ${manifest.name} (${manifest.output.dimension} numbers, ${(manifest.bytes / 1e6).toFixed(1)} MB)

New labels are learned every minute. Photos by the folder: npx headstart import <folder>${elsewhere}
Ctrl-C ends it; the data stays in .wrangler/state.
`);
  await interrupted;
  console.log("\nStopping ...");
  await server.stop();
  return 0;
});
