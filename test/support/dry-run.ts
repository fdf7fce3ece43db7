/** What an import of files in a folder of the test's own would do; nothing is sent. */
import path from "node:path";
import { type ApiClient, createApiClient, type RemoteClass } from "../../cli/import/api-client.ts";
import { type ImportReport, reportPlan } from "../../cli/import/import-report.ts";
import { withSource } from "../../cli/import/open-source.ts";
import { planImport } from "../../cli/import/plan-import.ts";
import { FAKE_TOKEN, startFakeHeadstart } from "./fake-headstart.ts";
import { makePhoto } from "./photos.ts";
import { makeTempFolder, writeFiles } from "./temp-folder.ts";

/** Three different photos. */
export const [ONE, TWO, THREE] = [makeSmall(1), makeSmall(2), makeSmall(3)];

function makeSmall(seed: number): Uint8Array<ArrayBuffer> {
  return makePhoto("mushroom", seed, 16, 0);
}

export interface DryRunOptions {
  /** What is on the menu. */
  readonly menu?: readonly (Pick<RemoteClass, "id" | "name"> & Partial<RemoteClass>)[];
  readonly columns?: readonly [string, string];
  readonly encoding?: string;
}

/** Writes the files and plans an import of the one called `name`. */
export async function dryRun(
  name: string,
  { files, ...options }: DryRunOptions & { readonly files: Record<string, string | Uint8Array> },
): Promise<ImportReport> {
  const root = await makeTempFolder();
  await writeFiles(root, files);
  return planOf(path.join(root, name), options);
}

/** Plans an import of what is there. */
export async function planOf(given: string, { menu = [], ...options }: DryRunOptions = {}): Promise<ImportReport> {
  const server = await startFakeHeadstart(100_000);
  for (const item of menu) server.classes.push({ archived: false, ...item });
  const client = createApiClient({ url: server.url, key: FAKE_TOKEN, firstPauseMs: 1 });
  return withSource(given, { ...options, allowUrls: false }, async (source) =>
    reportPlan(await planImport(source, client, { isDry: true, maxImageBytes: await readLimit(client) }), false),
  );
}

/** How many photos each item would get, by its name. */
export function countStored({ classes }: ImportReport): Record<string, number> {
  return Object.fromEntries(classes.map((item) => [item.name, item.stored]));
}

/** "line 3: has no label", or by file where no list has it. */
export function listReasons({ classes, refused }: ImportReport): string[] {
  const all = [...refused, ...classes.flatMap((item) => item.refused)];
  return all.map(({ place, file, reason }) => `${place ?? file}: ${reason}`);
}

/** Largest photo that the server takes. */
export async function readLimit(client: ApiClient): Promise<number> {
  const target = await client.whatItReads();
  if (target.kind === "texts") throw new Error("it reads texts");
  return target.maxImageBytes;
}
