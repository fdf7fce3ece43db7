/**
 * A long-running child with everything it starts. Miniflare starts workerd; a process group of its own lets both be ended,
 * and nothing else, also when the child no longer reacts. The channel to it closes when this process ends, however it ends.
 */
import { type ChildProcess, spawn } from "node:child_process";
import { createInterface } from "node:readline";
import { setTimeout as sleep } from "node:timers/promises";
import type { Tool } from "../shared/tool.ts";

/** A child ends in tenths of a second; what is left after this is killed. */
const GRACE_MS = 4_000;
const POLL_MS = 20;
const KEPT_LINES = 60;

export interface ChildGroup {
  /** The last lines of output, oldest first. */
  lastLines(): readonly string[];
  /** Resolves with the exit code when the child has ended, by itself or stopped, and all its output has been read. */
  readonly ended: Promise<number>;
  /** Sends a message over the channel; one that can no longer arrive is dropped. */
  send(message: object): void;
  /** Ends the child and everything in its group. Safe to call twice. */
  stop(): Promise<void>;
  /** The same at once, without a chance to finish anything: SIGKILL to the whole group, as a power cut would. */
  kill(): Promise<void>;
}

export interface ChildGroupOptions {
  readonly cwd: string;
  readonly env: NodeJS.ProcessEnv;
  readonly onLine: (line: string) => void;
  /** Receives what the child sends over the channel. */
  readonly onMessage?: (message: unknown) => void;
}

/** Starts `tool` in a process group of its own. */
export function startChildGroup(tool: Tool, args: readonly string[], options: ChildGroupOptions): ChildGroup {
  const { cwd, env, onLine, onMessage } = options;
  const child = spawn(tool.program, [...tool.args, ...args], {
    cwd,
    env,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    detached: process.platform !== "win32",
  });
  const kept: string[] = [];
  const keepLine = (line: string) => {
    kept.push(line);
    if (kept.length > KEPT_LINES) kept.shift();
    onLine(line);
  };
  for (const stream of [child.stdout, child.stderr])
    if (stream) createInterface({ input: stream }).on("line", keepLine);
  if (onMessage !== undefined) child.on("message", onMessage);
  const ended = new Promise<number>((resolve) => {
    child.on("error", (cause) => {
      keepLine(cause.message);
      if (child.pid === undefined) resolve(1);
    });
    child.on("close", (code) => resolve(code ?? 1));
  });
  const killAtExit = () => signalGroup(child, "SIGKILL"); // a crash of this process must not leave orphans
  process.once("exit", killAtExit);

  async function stop(): Promise<void> {
    if (signalGroup(child, "SIGTERM")) {
      const deadline = performance.now() + GRACE_MS;
      while (signalGroup(child, 0) && performance.now() < deadline) await sleep(POLL_MS);
    }
    await kill();
  }

  async function kill(): Promise<void> {
    signalGroup(child, "SIGKILL");
    while (signalGroup(child, 0)) await sleep(POLL_MS);
    process.removeListener("exit", killAtExit);
  }

  const send = (message: object) => void (child.connected && child.send(message, () => {}));
  return { lastLines: () => kept, ended, send, stop, kill };
}

/** Sends a signal to the group; false when no process of it is left. 0 only asks. */
function signalGroup(child: ChildProcess, signal: NodeJS.Signals | 0): boolean {
  if (child.pid === undefined) return false;
  if (process.platform === "win32") return child.exitCode === null && child.kill(signal);
  try {
    return process.kill(-child.pid, signal);
  } catch {
    return false; // ESRCH: the group is gone
  }
}
