/**
 * Deployments that a person has logged in to: one JSON file in their own configuration folder, readable by nobody else.
 * The keys in it are never printed.
 */
import { chmod, mkdir } from "node:fs/promises";
import { homedir } from "node:os";
import path from "node:path";
import { z } from "zod";
import { readText } from "../backbone/placed-backbone.ts";
import { CommandError } from "./command.ts";
import { replaceFile } from "./replace.ts";

const OWNER_ONLY = 0o600;
const FOLDER_OWNER_ONLY = 0o700;

const savedSchema = z.object({
  version: z.literal(1),
  /** The one that is meant when none is named. */
  current: z.string().nullable(),
  deployments: z.record(z.string(), z.object({ url: z.string(), key: z.string() })),
});

export type SavedLogins = z.infer<typeof savedSchema>;

/** `$XDG_CONFIG_HOME/headstart/logins.json`, by default below `~/.config`. */
export function loginsFile(env: NodeJS.ProcessEnv): string {
  return path.join(env.XDG_CONFIG_HOME || path.join(homedir(), ".config"), "headstart", "logins.json");
}

/** Nothing saved where there is no file. Throws `CommandError` for a file that cannot be used. */
export async function readLogins(env: NodeJS.ProcessEnv): Promise<SavedLogins> {
  const file = loginsFile(env);
  const text = await readText(file);
  if (text === undefined) return { version: 1, current: null, deployments: {} };
  try {
    return savedSchema.parse(JSON.parse(text));
  } catch {
    throw new CommandError(`${file} cannot be read as saved logins. Delete it and log in again.`);
  }
}

/** Replaces the file in one step; it is never readable by others in between. */
export async function writeLogins(env: NodeJS.ProcessEnv, logins: SavedLogins): Promise<void> {
  const file = loginsFile(env);
  await mkdir(path.dirname(file), { recursive: true, mode: FOLDER_OWNER_ONLY });
  await replaceFile(file, `${JSON.stringify(logins, null, 2)}\n`, OWNER_ONLY);
  await chmod(file, OWNER_ONLY);
}
