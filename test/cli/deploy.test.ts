/** Deploying with a wrangler that plays an account: from nothing, from half-way, and again. */
import { readFile } from "node:fs/promises";
import { describe, expect, it } from "vitest";
import { describeStep, planDeploy, planFirstDeploy } from "../../cli/deploy/deploy-plan.ts";
import { WRANGLER_CONFIG } from "../../cli/shared/project-paths.ts";
import { NO_DATABASE_ID, parseWranglerConfig, withDatabaseId } from "../../cli/shared/wrangler-config.ts";
import { ACCOUNT, makeDeployment, TEXT_ENVIRONMENT, TOML } from "../support/deployment.ts";

describe("deploy", () => {
  it("takes a fresh account to a Worker: database, id, migrations, secrets, upload", async () => {
    const { run, said, readAccount, readToml } = await makeDeployment();
    await run();
    const { calls, secrets } = await readAccount();
    expect(calls).toEqual([
      "whoami --json",
      "d1 list --json",
      "secret list --name headstart --format json",
      "d1 create headstart",
      "d1 list --json",
      "d1 migrations apply headstart --remote --env=",
      "deploy --env= --secrets-file <secrets>",
    ]);
    expect(await readToml()).toBe(TOML.replace(NO_DATABASE_ID, "uuid-of-headstart"));
    expect(said.join("\n")).toContain(secrets.ADMIN_TOKEN);
    expect(said.join("\n")).not.toContain(secrets.RECEIPT_SECRET);
    expect(secrets.RECEIPT_SECRET).toHaveLength(43);
  });

  it("changes nothing that exists when it is run again", async () => {
    const { run, readAccount, readToml } = await makeDeployment();
    await run();
    const first = { ...(await readAccount()), toml: await readToml() };
    await run();
    const second = await readAccount();
    expect(second.secrets).toEqual(first.secrets);
    expect(second.databases).toEqual(first.databases);
    expect(await readToml()).toBe(first.toml);
    expect(second.calls.slice(first.calls.length + 3)).toEqual([
      "d1 execute headstart --remote --json --command <query> --env=",
      "d1 migrations apply headstart --remote --env=",
      "deploy --env=",
    ]);
  });

  it("gives an environment a Worker and a database of its own", async () => {
    const { run, readAccount, readToml } = await makeDeployment({}, TOML + TEXT_ENVIRONMENT);
    await run({ environment: "text" });
    expect((await readAccount()).calls.slice(2)).toEqual([
      "secret list --name headstart-text --format json",
      "d1 create headstart-text",
      "d1 list --json",
      "d1 migrations apply headstart-text --remote --env=text",
      "deploy --env=text --secrets-file <secrets>",
    ]);
    expect(await readToml()).toBe(TOML + TEXT_ENVIRONMENT.replace(NO_DATABASE_ID, "uuid-of-headstart-text"));
  });

  it("binds a new database to a jurisdiction, and refuses to pretend that it could move one", async () => {
    const { run, said, readAccount } = await makeDeployment();
    await run({ jurisdiction: "eu" });
    expect((await readAccount()).calls).toContain("d1 create headstart --jurisdiction eu");
    expect(said.join("\n")).toContain("(wrangler d1 create headstart --jurisdiction eu)");
    await expect(run({ jurisdiction: "us" })).rejects.toThrow(
      /"headstart" exists.*cannot be changed.*--jurisdiction us/,
    );
    await run();
  });

  it("makes a bucket for backups where one is wanted, binds it once, and keeps it where the database is", async () => {
    const { run, said, readAccount, readToml } = await makeDeployment({}, TOML + TEXT_ENVIRONMENT);
    await expect(run({ backups: true, jurisdiction: "us" })).rejects.toThrow("R2 binds buckets to eu or fedramp");
    await run({ backups: true, jurisdiction: "eu" });
    const { calls, buckets } = await readAccount();
    expect(buckets).toEqual(["headstart-backups"]);
    expect(calls).toContain("r2 bucket create headstart-backups --jurisdiction eu");
    expect(said.join("\n")).toContain(
      'Create the R2 bucket "headstart-backups" and bind it as BACKUPS in wrangler.toml',
    );
    const bound =
      '[[r2_buckets]]\nbinding = "BACKUPS"\nbucket_name = "headstart-backups"\njurisdiction = "eu"\n\n[[d1_databases]]\n';
    expect(await readToml()).toContain(bound);
    const first = await readToml();
    await run({ backups: true });
    expect(await readToml()).toBe(first);
    await run({ backups: true, environment: "text" });
    expect((await readAccount()).buckets).toEqual(["headstart-backups", "headstart-text-backups"]);
    expect(await readToml()).toContain(
      '[[env.text.r2_buckets]]\nbinding = "BACKUPS"\nbucket_name = "headstart-text-backups"\n',
    );
  });

  it("keeps pictures as it is told, with a bucket where originals are kept", async () => {
    const toml = `${TOML}[vars]\nKEEP_PICTURES = "none" # so far\n`;
    const { run, readAccount, readToml } = await makeDeployment({}, toml);
    await run({ keepPictures: "thumbnails" });
    expect(await readToml()).toContain('KEEP_PICTURES = "thumbnails" # so far');
    expect((await readAccount()).buckets).toBeUndefined();
    await run({ keepPictures: "originals" });
    expect((await readAccount()).buckets).toEqual(["headstart-pictures"]);
    expect(await readToml()).toContain('binding = "PICTURES"\nbucket_name = "headstart-pictures"');
    const first = await readToml();
    await run();
    expect(await readToml()).toBe(first);
  });

  it("continues with a bucket that it had made before it broke off", async () => {
    const { run, readToml } = await makeDeployment({ buckets: ["headstart-backups"] });
    await run({ backups: true });
    expect(await readToml()).toContain('bucket_name = "headstart-backups"');
  });

  it("refuses an environment that wrangler.toml does not have", async () => {
    const { run, readAccount } = await makeDeployment({}, TOML + TEXT_ENVIRONMENT);
    await expect(run({ environment: "terrace" })).rejects.toThrow("no environment [env.terrace]. It has: text.");
    expect((await readAccount()).databases).toEqual([]);
  });

  it("stops at the step that fails, with wrangler's words, and continues from there the next time", async () => {
    const half = await makeDeployment({ fail: "d1 migrations" });
    await expect(half.run()).rejects.toThrow(/The migrations failed .*\n.*the network is down/s);
    const { databases, calls } = await half.readAccount();
    expect(calls).not.toContain("deploy");
    const next = await makeDeployment({ databases }, await half.readToml());
    await next.run();
    expect((await next.readAccount()).calls).not.toContain("d1 create headstart");
  });

  it("makes only the secret that is missing, and keeps the admin token to itself", async () => {
    const { run, said, readAccount } = await makeDeployment({ secrets: { ADMIN_TOKEN: "kept" } });
    await run();
    expect((await readAccount()).secrets.ADMIN_TOKEN).toBe("kept");
    expect(said.join("\n")).not.toContain("Admin token");
  });

  it("says how to log in, and how to choose one of several accounts", async () => {
    await expect((await makeDeployment({ accounts: [] })).run()).rejects.toThrow("npx wrangler login");
    const several = await makeDeployment({ accounts: [ACCOUNT, { id: "acc-2", name: "Home" }] });
    await expect(several.run()).rejects.toThrow(
      /CLOUDFLARE_ACCOUNT_ID=<id>:\n {2}acc-1 {2}Pizzeria\n {2}acc-2 {2}Home/,
    );
    await several.run({ accountId: "acc-2" });
    expect(several.said).toContain("  chef@example.com, account Home");
  });

  it("fails when the uploaded Worker does not answer", async () => {
    const { run } = await makeDeployment({ targets: ["https://127.0.0.1:9"] });
    await expect(run()).rejects.toThrow("The Worker is uploaded, but https://127.0.0.1:9/v1/health answered");
  });
});

describe("the plan", () => {
  it("replaces the database id of another account and says so", () => {
    const [step] = planDeploy({
      workerName: "w",
      databaseName: "d",
      configuredDatabaseId: "theirs",
      databases: new Map([["d", "ours"]]),
      secrets: new Set<string>(),
    });
    expect(step && describeStep(step)).toBe(
      'Replace database_id in wrangler.toml: this account\'s "d" is ours, not theirs',
    );
  });

  it("has every step for an account of which nothing is known", () => {
    expect(planFirstDeploy("w", "d").map(({ kind }) => kind)).toEqual([
      ...["create-database", "write-database-id", "build-assets", "migrate", "make-secrets", "upload", "wait"],
    ]);
  });
});

describe("wrangler.toml", () => {
  it("is read without a TOML parser", () => {
    expect(parseWranglerConfig(TOML)).toEqual({
      name: "headstart",
      databaseName: "headstart",
      databaseId: NO_DATABASE_ID,
      crons: ["*/5 * * * *", "0 3 * * *"],
    });
  });

  it("of the project has an environment for texts with all that the top level has", async () => {
    const toml = await readFile(WRANGLER_CONFIG, "utf8");
    const variables = (heading: string) =>
      toml
        .split(`${heading}\n`)[1]
        ?.split("\n\n")[0]
        ?.match(/^[A-Z_]+ = .*$/gm);
    expect(variables("[env.text.vars]")).toEqual(variables("[vars]"));
    expect(parseWranglerConfig(toml, "text")).toMatchObject({ name: "headstart-text", databaseName: "headstart-text" });
    const bindings = (prefix: string) =>
      toml.match(new RegExp(`\\[\\[${prefix}ratelimits\\]\\]\nname = .*`, "g"))?.length;
    expect(bindings("env\\.text\\.")).toBe(bindings(""));
  });

  it("keeps its comments when the id is written, and is refused without the line", () => {
    expect(withDatabaseId(TOML, "abc")).toBe(TOML.replace(NO_DATABASE_ID, "abc"));
    expect(() => withDatabaseId('name = "x"', "abc")).toThrow("no line `database_id");
  });
});
