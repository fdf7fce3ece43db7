/** A deployment with a wrangler that plays an account. */
import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { onTestFinished } from "vitest";
import { type BackboneRack, photoRack } from "../../cli/backbone/backbone-rack.ts";
import { runDeploy } from "../../cli/deploy/run-deploy.ts";
import { NO_DATABASE_ID } from "../../cli/shared/wrangler-config.ts";
import { makeTempFolder } from "./temp-folder.ts";

export const TOML = `# One deployment = one menu.
name = "headstart"
[triggers]
crons = ["*/5 * * * *", "0 3 * * *"]
[[d1_databases]]
binding = "DB" # as in src/services.ts
database_name = "headstart"
database_id = "${NO_DATABASE_ID}"
`;

export const TEXT_ENVIRONMENT = `
[env.text.vars]
PUBLIC_CLASSIFY = "true"
[[env.text.d1_databases]]
database_name = "headstart-text"
database_id = "${NO_DATABASE_ID}"
`;

export const ACCOUNT = { id: "acc-1", name: "Pizzeria" };

/** A folder with a wrangler.toml and an account; `start` changes the account's beginning. */
export async function makeDeployment(start: object = {}, toml = TOML) {
  const folder = await makeTempFolder();
  const accountFile = path.join(folder, "account.json");
  const account = { accounts: [ACCOUNT], databases: [], secrets: null, targets: [], calls: [], ...start };
  await writeFile(accountFile, JSON.stringify(account));
  await writeFile(path.join(folder, "wrangler.toml"), toml);
  process.env.FAKE_ACCOUNT = accountFile;
  onTestFinished(() => {
    delete process.env.FAKE_ACCOUNT;
  });
  const said: string[] = [];
  const context = {
    tool: { program: process.execPath, args: [path.resolve(import.meta.dirname, "fake-wrangler.mjs")] },
    projectDir: folder,
    say: (line: string) => said.push(line),
    buildAssets: async () => {},
    backbones: photoRack(),
    healthTimeoutMs: 300,
  };
  return {
    said,
    run: (
      options: {
        accountId?: string;
        environment?: string;
        jurisdiction?: "eu" | "us";
        backups?: boolean;
        keepPictures?: "thumbnails" | "originals";
        backbones?: BackboneRack;
      } = {},
    ) => runDeploy({ ...context, ...options }),
    readAccount: async () => JSON.parse(await readFile(accountFile, "utf8")),
    readToml: () => readFile(path.join(folder, "wrangler.toml"), "utf8"),
  };
}
