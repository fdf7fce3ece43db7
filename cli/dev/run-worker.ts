/** Starts the Worker's process and speaks with it; every way in which a start can fail becomes a message for a person. */
import path from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { CommandError, reasonOf } from "../shared/command.ts";
import { PROJECT_ROOT } from "../shared/project-paths.ts";
import { nodeTool, toolEnvironment } from "../shared/tool.ts";
import { type ChildGroup, startChildGroup } from "./child-group.ts";
import { type Command, type Report, reportSchema, type WorkerStart } from "./worker-messages.ts";

const START_TIMEOUT_MS = 90_000;
const SHOWN_LINES = 25;
const WORKER_PROCESS = path.join(import.meta.dirname, "worker-process.ts");

export interface RunningWorker {
  /** Without a slash at the end. */
  readonly url: string;
  readonly inspectorUrl: string;
  /** Fires a cron and waits for its handler. Throws when it fails. */
  fireCron(cron: string): Promise<void>;
  stop(): Promise<void>;
  kill(): Promise<void>;
}

/** Resolves when the Worker answers. Throws `CommandError` otherwise, and leaves nothing running. */
export async function runWorker(start: WorkerStart, onLine: (line: string) => void): Promise<RunningWorker> {
  const ready = Promise.withResolvers<Extract<Report, { kind: "ready" }>>();
  const runs = new Map<number, (reason: string | undefined) => void>();
  let isReady = false;
  const onMessage = (message: unknown) => {
    const report = reportSchema.parse(message);
    isReady ||= report.kind === "ready";
    if (report.kind === "ready") ready.resolve(report);
    else if (report.kind === "failed") ready.reject(new Error(report.reason));
    else runs.get(report.id)?.(report.reason);
  };
  // Whoever asks while the tables are being made is refused, which is no fault to tell of; why a start fails is told anyway.
  const tell = (line: string) => {
    if (isReady) onLine(line);
  };
  const options = { cwd: PROJECT_ROOT, env: toolEnvironment(), onLine: tell, onMessage };
  const child = startChildGroup(nodeTool(), [WORKER_PROCESS], options);
  const send = (command: Command) => child.send(command);
  send({ kind: "start", start });
  try {
    const { url, inspectorUrl } = await Promise.race([ready.promise, failWhenOver(child)]);
    await checkHealth(url);
    return { url, inspectorUrl, fireCron: createCronFirer(child, send, runs), stop: child.stop, kill: child.kill };
  } catch (cause) {
    await child.stop();
    await child.ended;
    throw describeFailure(reasonOf(cause), child);
  }
}

async function failWhenOver(child: ChildGroup): Promise<never> {
  const timeout = sleep(START_TIMEOUT_MS, undefined, { ref: false });
  const code = await Promise.race([child.ended, timeout]);
  if (code !== undefined) throw new Error(`its process ended with exit code ${code}`);
  throw new Error(`it did not answer within ${START_TIMEOUT_MS / 1_000} s`);
}

/** A Worker that loads can still refuse its configuration. */
async function checkHealth(url: string): Promise<void> {
  const response = await fetch(`${url}/v1/health`);
  const text = await response.text();
  if (!response.ok) throw new Error(`/v1/health answered ${response.status} ${text.slice(0, 300)}`);
}

function createCronFirer(
  child: ChildGroup,
  send: (command: Command) => void,
  runs: Map<number, (reason: string | undefined) => void>,
) {
  let lastId = 0;
  return async function fireCron(cron: string): Promise<void> {
    const id = ++lastId;
    const ran = new Promise<string | undefined>((resolve) => runs.set(id, resolve));
    send({ kind: "cron", id, cron });
    const reason = await Promise.race([ran, child.ended.then(() => "the Worker has ended")]);
    runs.delete(id);
    if (reason !== undefined) throw new CommandError(`The cron ${cron} failed: ${reason}`);
  };
}

function describeFailure(reason: string, child: ChildGroup): CommandError {
  const lines = child.lastLines().slice(-SHOWN_LINES);
  const words = lines.length === 0 ? "" : ` Its last lines:\n${lines.map((line) => `  ${line}`).join("\n")}`;
  return new CommandError(`The Worker did not start: ${reason}.${words}`);
}
