/**
 * What a command and the process that runs its Worker tell each other over the channel between them. Secrets travel here
 * and nowhere else: arguments are visible to other users, files stay behind.
 */
import { z } from "zod";

const startSchema = z.object({
  /** A folder that `bundleWorker` filled. */
  bundleDir: z.string(),
  assetsDir: z.string(),
  /** Where D1 keeps its data. */
  dataDir: z.string(),
  host: z.string(),
  /** 0: a free one. */
  port: z.number(),
  /** Whether ONNX Runtime's 14 MB are loaded too, for a backbone that needs them: compiling takes two seconds. */
  hasOrt: z.boolean(),
  /** Buckets that are on this machine's disk, by their bindings, beside those of wrangler.toml. */
  buckets: z.array(z.string()),
  /** Variables and secrets that replace those of wrangler.toml. */
  vars: z.record(z.string(), z.string()),
});

/** To the Worker's process: the first message starts it, every later one fires a cron. */
export const commandSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("start"), start: startSchema }),
  z.object({ kind: z.literal("cron"), id: z.number(), cron: z.string() }),
]);

/** From it. `ran` answers a cron: `reason` says why it failed. */
export const reportSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("ready"), url: z.string(), inspectorUrl: z.string() }),
  z.object({ kind: z.literal("failed"), reason: z.string() }),
  z.object({ kind: z.literal("ran"), id: z.number(), reason: z.string().optional() }),
]);

export type WorkerStart = z.infer<typeof startSchema>;
export type Command = z.infer<typeof commandSchema>;
export type Report = z.infer<typeof reportSchema>;
