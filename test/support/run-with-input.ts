/** Runs a program that reads its input to the end. */
import { spawn } from "node:child_process";
import { text } from "node:stream/consumers";

/** What it prints. Throws with what it says of its failure. */
export async function runWithInput(program: string, args: readonly string[], input: string): Promise<string> {
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe"] });
  const ended = new Promise<number | null>((resolve, reject) => child.on("error", reject).on("close", resolve));
  child.stdin.on("error", () => {}); // it may end without reading what it is given
  child.stdin.end(input);
  const [output, said, code] = await Promise.all([text(child.stdout), text(child.stderr), ended]);
  if (code !== 0) throw new Error(`${program} ended with ${code}: ${said}`);
  return output;
}
