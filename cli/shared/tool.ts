/**
 * Runs the project's own wrangler with the toolchain's Node, local-first: no telemetry, no traces, no fetching of `cf` data,
 * no prompts. The machine's Node may be too old for wrangler; the one in devDependencies is not.
 */
import { spawn } from "node:child_process";
import { existsSync } from "node:fs";
import path from "node:path";
import { PROJECT_ROOT } from "./project-paths.ts";

const TOOL_NODE = path.join(PROJECT_ROOT, "node_modules/node/bin/node");
const WRANGLER = path.join(PROJECT_ROOT, "node_modules/wrangler/bin/wrangler.js");

/** A program and the arguments that come before one's own. */
export interface Tool {
  readonly program: string;
  readonly args: readonly string[];
}

/** The toolchain's Node, which runs TypeScript as it is. */
export function nodeTool(): Tool {
  return { program: existsSync(TOOL_NODE) ? TOOL_NODE : process.execPath, args: [] };
}

/** The pinned wrangler. Run through its script because `.bin/wrangler` is a shell script on Windows. */
export function wranglerTool(): Tool {
  return { program: nodeTool().program, args: [WRANGLER] };
}

/** The environment of a wrangler child: `CI` silences prompts and colours that a pipe cannot show. */
export function toolEnvironment(extra: Record<string, string> = {}): NodeJS.ProcessEnv {
  return {
    ...process.env,
    WRANGLER_SEND_METRICS: "false",
    CLOUDFLARE_CF_FETCH_ENABLED: "false",
    CI: "1",
    NO_COLOR: "1",
    X_LOCAL_OBSERVABILITY: "false", // writes a trace of every request into a database beside the Worker's
    X_LOCAL_EXPLORER: "false",
    WRANGLER_HIDE_BANNER: "true", // the banner asks the package registry for a newer version
    ...extra,
  };
}

export interface ToolResult {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

export interface RunToolOptions {
  readonly cwd?: string;
  readonly env?: Record<string, string>;
  /** Also show the child's output as it comes. */
  readonly echo?: boolean;
}

/** Runs a tool to its end and returns what it printed. Rejects only when it cannot be started. */
export function runTool(tool: Tool, args: readonly string[], options: RunToolOptions = {}): Promise<ToolResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(tool.program, [...tool.args, ...args], {
      cwd: options.cwd ?? PROJECT_ROOT,
      env: toolEnvironment(options.env),
      stdio: ["ignore", "pipe", "pipe"],
    });
    let stdout = "";
    let stderr = "";
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      if (options.echo) process.stdout.write(text);
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      if (options.echo) process.stderr.write(text);
    });
    child.on("error", reject);
    child.on("close", (code) => resolve({ exitCode: code ?? 1, stdout, stderr }));
  });
}
