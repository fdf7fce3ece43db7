/**
 * What a person at `npm start` sees of wrangler's output: one line per training run that did something, and problems.
 * The Worker logs JSON lines; wrangler adds banners and a line per request, which are left out.
 */
import { z } from "zod";
import { tryParse } from "../shared/try-parse.ts";

const trainingRunSchema = z.object({
  outcome: z.enum(["published", "held", "absorbed", "rebuilding", "overtaken", "busy", "failed", "idle"]),
  message: z.string(),
  durationMs: z.number().optional(),
});

const faultSchema = z.object({ event: z.string(), level: z.string().optional(), reason: z.string().optional() });

/** The line to print, or undefined for one that tells a person nothing. */
export function describeLogLine(line: string): string | undefined {
  const json = line.startsWith("{") ? tryParse(line) : undefined;
  if (json === undefined) return /\[ERROR\]|Uncaught|^Error/.test(line) ? line : undefined;
  const run = trainingRunSchema.safeParse(json);
  if (run.success) {
    const { outcome, message, durationMs } = run.data;
    if (outcome === "idle") return undefined;
    const duration = durationMs === undefined ? "" : ` (${(durationMs / 1_000).toFixed(1)} s)`;
    return `Training: ${outcome}${duration}. ${message}`;
  }
  const fault = faultSchema.safeParse(json);
  if (!fault.success) return undefined;
  const { event, level, reason } = fault.data;
  return level === "error" || reason !== undefined ? `Worker: ${event}: ${reason ?? line}` : undefined;
}
