/** Waits for a starting Worker, and turns each way in which that can fail into a message with wrangler's own words. */
import { setTimeout as sleep } from "node:timers/promises";
import { CommandError } from "../shared/command.ts";
import type { ChildGroup } from "./child-group.ts";

const START_TIMEOUT_MS = 90_000;
const ASK_TIMEOUT_MS = 10_000;
const POLL_MS = 100;
/** The error's own lines may still be coming. */
const LAST_LINES_MS = 500;
const SHOWN_LINES = 25;

/** wrangler prints this when the Worker does not build, and then waits for a change for ever. */
const BUILD_ERROR = /\[ERROR\]/;

/** What workerd says when another program got one of its ports between the choice and the use. */
const PORT_LOST = /\[ERROR\] Address already in use/;

/** Another start would get other ports: wrangler chooses some of them itself. */
export class PortLostError extends CommandError {
  override readonly name = "PortLostError";
}

/** Resolves when `healthUrl` answers 200. Throws `PortLostError` or another `CommandError` otherwise. */
export async function waitUntilReady(healthUrl: string, child: ChildGroup): Promise<void> {
  const deadline = performance.now() + START_TIMEOUT_MS;
  let lastAnswer = "nothing";
  while (performance.now() < deadline) {
    const exitCode = child.exitCode();
    if (exitCode !== undefined) {
      await sleep(LAST_LINES_MS);
      throw failure(`wrangler ended with exit code ${exitCode}`, child);
    }
    const answer = await ask(healthUrl);
    if (answer === "ready") return;
    lastAnswer = answer ?? lastAnswer;
    if (answer === undefined && child.lastLines().some((line) => BUILD_ERROR.test(line))) {
      await sleep(LAST_LINES_MS);
      throw failure("the Worker could not be built or loaded", child);
    }
    await sleep(POLL_MS);
  }
  throw failure(`${healthUrl} answered ${lastAnswer} for ${START_TIMEOUT_MS / 1_000} s`, child);
}

/** "ready", what was answered instead, or undefined when nobody listens yet. */
async function ask(url: string): Promise<string | undefined> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(ASK_TIMEOUT_MS) });
    const text = await response.text();
    return response.ok ? "ready" : `${response.status} ${text.slice(0, 300)}`;
  } catch {
    return undefined;
  }
}

function failure(reason: string, child: ChildGroup): CommandError {
  const lines = child.lastLines().slice(-SHOWN_LINES);
  const words = `The Worker did not start: ${reason}. wrangler's last lines:\n${lines.map((line) => `  ${line}`).join("\n")}`;
  return lines.some((line) => PORT_LOST.test(line)) ? new PortLostError(words) : new CommandError(words);
}
