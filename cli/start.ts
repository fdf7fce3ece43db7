/**
 * `npm start`: the whole product on this machine, for a person. Puts a backbone in place, makes the local secrets once,
 * starts the Worker, says what it does and where it is, trains every minute until Ctrl-C.
 */
import path from "node:path";
import { createInterface } from "node:readline";
import { Command, CommanderError } from "commander";
import { type InPlace, photoRack, textRack } from "./backbone/backbone-rack.ts";
import { findMisfit, type Misfit, readTaught } from "./backbone/taught-by.ts";
import { type DataLock, lockData } from "./dev/data-lock.ts";
import { type LanGate, listLanAddresses, openLanGate } from "./dev/lan-gate.ts";
import { describeLan } from "./dev/lan-words.ts";
import { localRows } from "./dev/local-database.ts";
import { makeSecret } from "./dev/local-secrets.ts";
import { isPortFree } from "./dev/ports.ts";
import { noteServedPort } from "./dev/served-ports.ts";
import { LINK_MINUTES, makeSignInLink } from "./dev/sign-in-link.ts";
import { describeLogLine } from "./dev/worker-log.ts";
import { type DevServer, startDevServer } from "./dev-server.ts";
import { CommandError, EXIT, runAsCommand } from "./shared/command.ts";
import { DEV_VARS_FILE, LOCAL_STATE_DIR, LOCAL_TEXT_DIR } from "./shared/project-paths.ts";

const DEFAULT_PORT = 8_787;
const PORTS_TRIED = 20;
const TRAINING_INTERVAL_SECONDS = 60;

interface StartFlags {
  readonly port?: string;
  readonly data?: string;
  readonly text?: boolean;
  readonly lan?: boolean;
  readonly lanAdmin?: boolean;
}

/** The backbone that a start runs with; `dir` where it is not the one for photos. */
interface StartBackbone {
  readonly manifest: InPlace;
  readonly dir?: string;
  /** Where it cannot answer from the labels that are there. */
  readonly misfit: Misfit | null;
}

function parseFlags(args: readonly string[]): StartFlags {
  const command = new Command("npm start --")
    .description(
      "Runs Headstart on this machine until Ctrl-C: the guests' page, the kitchen, and training every minute.",
    )
    .option(
      "--port <number>",
      `where it answers (default: PORT, or ${DEFAULT_PORT}; the next free one when that is taken)`,
    )
    .option(
      "--data <folder>",
      "keeps menu, labels and secrets in this folder instead of the checkout: a second menu beside the first",
    )
    .option("--text", "reads texts instead of photos, with a database of its own, and pages that take texts")
    .option("--lan", "lets other devices in the same network, such as phones, open the guests' page; prints a QR code")
    .option("--lan-admin", "with --lan: opens the kitchen to them too, without encryption")
    .allowExcessArguments(false)
    .exitOverride();
  return command.parse(args, { from: "user" }).opts();
}

async function choosePort(wanted: string | undefined): Promise<number> {
  const first = wanted === undefined || wanted === "" ? DEFAULT_PORT : Number(wanted);
  if (!Number.isInteger(first) || first < 1 || first > 65_535) {
    throw new CommandError(`The port must be a number from 1 to 65535, not "${wanted}".`);
  }
  for (let port = first; port < first + PORTS_TRIED; port++) {
    if (!(await isPortFree(port))) continue;
    if (port !== first) console.log(`Port ${first} is taken, so the Worker uses ${port}.`);
    return port;
  }
  throw new CommandError(`Ports ${first} to ${first + PORTS_TRIED - 1} are all taken. Choose another with --port.`);
}

function untilInterrupted(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.once(signal, () => resolve());
  });
}

async function start(flags: StartFlags): Promise<void> {
  const startedAt = performance.now();
  const interrupted = untilInterrupted();
  const folder = chooseFolder(flags);
  if (flags.lanAdmin && !flags.lan) throw new CommandError("--lan-admin goes with --lan.", EXIT.usage);
  const lock = await lockData(folder ?? LOCAL_STATE_DIR);
  try {
    const backbone = await placeBackbone(flags.text === true, folder ?? LOCAL_STATE_DIR);
    const port = await choosePort(flags.port ?? process.env.PORT);
    const signInSecret = makeSecret();
    const server = await startServer(port, folder, signInSecret, backbone);
    const forgetPort = await noteServedPort(port, secretsFileOf(folder));
    try {
      await welcome(server, lock, { backbone, folder, signInSecret, isElsewhere: port !== DEFAULT_PORT, startedAt });
      const gates = flags.lan ? await openToNetwork(port, signInSecret, flags.lanAdmin === true) : [];
      await interrupted;
      console.log("\nStopping ...");
      await Promise.all(gates.map((gate) => gate.close()));
    } finally {
      await forgetPort();
      await server.stop();
    }
  } finally {
    await lock.release();
  }
}

/** Opens the door at every address of this machine, on the Worker's port, and says so. */
async function openToNetwork(port: number, signInSecret: string, isKitchenOpen: boolean): Promise<readonly LanGate[]> {
  const addresses = listLanAddresses();
  if (addresses.length === 0) throw new CommandError("This machine is in no network, so --lan has nobody to let in.");
  const open = (address: string) => openLanGate({ address, port, workerPort: port, isKitchenOpen });
  const gates = await Promise.all(addresses.map(open));
  const urls = gates.map(({ url }) => url);
  const kitchenLink = isKitchenOpen ? await makeSignInLink(urls[0], signInSecret) : undefined;
  console.log(describeLan({ urls, kitchenLink, hasColours: process.stdout.isTTY }));
  return gates;
}

function chooseFolder({ data, text }: StartFlags): string | undefined {
  if (data !== undefined) return path.resolve(data);
  return text ? LOCAL_TEXT_DIR : undefined;
}

function secretsFileOf(folder: string | undefined): string {
  return folder === undefined ? DEV_VARS_FILE : path.join(folder, "secrets.env");
}

async function placeBackbone(readsText: boolean, dataDir: string): Promise<StartBackbone> {
  const rack = readsText ? textRack() : photoRack();
  const misfit = await findMisfit(await readTaught(localRows(dataDir)), rack, console.log);
  return { manifest: await rack.ensure(), misfit, ...(readsText && { dir: rack.dir }) };
}

function startServer(
  port: number,
  folder: string | undefined,
  signInSecret: string,
  { dir }: StartBackbone,
): Promise<DevServer> {
  const own = folder === undefined ? {} : { dataDir: folder, secretsFile: secretsFileOf(folder) };
  return startDevServer({
    ...own,
    ...(dir === undefined ? {} : { backboneDir: dir }),
    port,
    quiet: true,
    defaults: { KEEP_PICTURES: "thumbnails" }, // -- what is on one's own disk may be looked at
    buckets: ["BACKUPS", "PICTURES"], // -- beside the database, on one's own disk
    vars: { SIGN_IN_SECRET: signInSecret },
    cronEverySeconds: TRAINING_INTERVAL_SECONDS,
    onStep: console.log,
    onLine(line) {
      const text = describeLogLine(line);
      if (text !== undefined) console.log(text);
    },
  });
}

interface Welcome {
  readonly backbone: StartBackbone;
  /** The folder of the data, if it is not the checkout's. */
  readonly folder: string | undefined;
  readonly signInSecret: string;
  /** Not where the command looks by itself. */
  readonly isElsewhere: boolean;
  readonly startedAt: number;
}

/** The Worker runs all the same: what was taught can be looked at and exported. */
function describeMisfit({ taught, putBack, inPlace }: Misfit): string {
  return (
    `These labels were taught with ${taught}, but ${inPlace} is in place. They do not fit that one, so nobody gets an answer.\n` +
    `Put the one that they were taught with in place, and start again:\n  ${putBack}\n` +
    "How to change the backbone and keep the labels: docs/operations.md#another-backbone\n"
  );
}

function sizeOf({ bytes }: StartBackbone["manifest"]): string {
  return bytes === undefined ? "at a model service, which is not here" : `${(bytes / 1e6).toFixed(1)} MB`;
}

/** Says where everything is; Enter prints another link from here on. */
async function welcome({ url }: DevServer, lock: DataLock, about: Welcome): Promise<void> {
  await lock.publish(url);
  const { backbone, folder, signInSecret, startedAt } = about;
  const { manifest, dir } = backbone;
  const elsewhere = about.isElsewhere ? ` --url ${url}` : "";
  console.log(`
Ready after ${((performance.now() - startedAt) / 1_000).toFixed(1)} s.

  Guests    ${url}
  Kitchen   ${await makeSignInLink(url, signInSecret)}
            signs you in, once, within ${LINK_MINUTES} minutes; Enter prints another link
  Backbone  ${manifest.name} (${manifest.output.dimension} numbers, ${sizeOf(manifest)})
  Data      ${path.relative(".", folder ?? LOCAL_STATE_DIR)}; the admin token, for programs, is in ${path.relative(".", secretsFileOf(folder))}

New labels are learned every minute. ${dir === undefined ? "Photos by the folder: npx headstart import <folder>" : "Texts by the list: npx headstart import <list.tsv>"}${elsewhere}
Ctrl-C ends it; the data stays.
`);
  if (backbone.misfit !== null) console.log(describeMisfit(backbone.misfit));
  if (!process.stdin.isTTY) return;
  const lines = createInterface({ input: process.stdin });
  lines.on("line", async () => console.log(`  Kitchen   ${await makeSignInLink(url, signInSecret)}`));
  lines.on("SIGINT", () => process.kill(process.pid, "SIGINT"));
  process.stdin.unref();
}

runAsCommand(import.meta.url, async () => {
  try {
    await start(parseFlags(process.argv.slice(2)));
  } catch (cause) {
    if (!(cause instanceof CommanderError)) throw cause;
    return cause.exitCode === 0 ? EXIT.ok : EXIT.usage; // commander has printed help, or what was wrong
  }
  return EXIT.ok;
});
