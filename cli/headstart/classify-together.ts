/** `headstart classify --together`: several photos of one thing in one request, and one answer to all of them. */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { ApiError, type Call } from "../import/api-client.ts";
import { CommandError, EXIT, reasonOf } from "../shared/command.ts";
import { answerSchema } from "./answers.ts";
import type { Classified } from "./classify-texts.ts";

/** One result by the names of all files. That one of them cannot be used is a result too; that the server is lost or refuses access ends the command. */
export async function classifyTogether(
  call: Call,
  files: readonly string[],
  query: URLSearchParams,
): Promise<Classified> {
  if (files.length < 2) throw new CommandError("--together takes two or more photos of one thing.", EXIT.usage);
  const file = files.join(", ");
  const body = new FormData();
  for (const name of files) {
    const bytes = await readFile(name).catch(reasonOf);
    if (typeof bytes === "string") return { file, problem: bytes.includes(name) ? bytes : `${name}: ${bytes}` };
    body.append("image", new Blob([new Uint8Array(bytes)]), path.basename(name));
  }
  try {
    const asked = `/v1/classify?${query}&together=true`;
    return { file, answer: await call(answerSchema, asked, { method: "POST", body }) };
  } catch (cause) {
    if (!(cause instanceof ApiError) || cause.code === "no_head") throw cause;
    return { file, problem: cause.message };
  }
}
