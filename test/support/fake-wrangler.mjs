/**
 * Plays wrangler and a Cloudflare account for tests of the deployment. The account is a JSON file, $FAKE_ACCOUNT; every
 * call is recorded in it. A remote database is an SQLite file, `stored`, or empty.
 */
import { readFileSync, writeFileSync } from "node:fs";
import { DatabaseSync } from "node:sqlite";

const file = process.env.FAKE_ACCOUNT;
const account = JSON.parse(readFileSync(file, "utf8"));
const args = process.argv.slice(2);
const command = args.join(" ");
const argumentAfter = (flag) => args[args.indexOf(flag) + 1];
account.calls.push(
  command.replace(/\/\S+secrets\.json/, "<secrets>").replace(/--command .* --/, "--command <query> --"),
);

let exitCode = 0;
if (account.fail === args.slice(0, 2).join(" ")) {
  console.error("the network is down");
  exitCode = 1;
} else if (command === "whoami --json") {
  console.log(
    JSON.stringify(
      account.accounts.length > 0
        ? { loggedIn: true, email: "chef@example.com", accounts: account.accounts }
        : { loggedIn: false },
    ),
  );
  exitCode = account.accounts.length > 0 ? 0 : 1;
} else if (command === "d1 list --json") {
  console.log(JSON.stringify(account.databases));
} else if (args[0] === "d1" && args[1] === "execute") {
  const results = new DatabaseSync(account.stored ?? ":memory:").prepare(argumentAfter("--command")).all();
  console.log(JSON.stringify([{ results, success: true, meta: {} }], null, 2));
} else if (args[0] === "d1" && args[1] === "create") {
  account.databases.push({ name: args[2], uuid: `uuid-of-${args[2]}` });
} else if (args[0] === "r2") {
  account.buckets ??= [];
  if (account.buckets.includes(args[3])) {
    console.error("The bucket you tried to create already exists, and you own it. [code: 10004]");
    exitCode = 1;
  } else account.buckets.push(args[3]);
} else if (args[0] === "secret") {
  if (account.secrets === null) console.error('Worker "headstart" not found.');
  else console.log(JSON.stringify(Object.keys(account.secrets).map((name) => ({ name, type: "secret_text" }))));
  exitCode = account.secrets === null ? 1 : 0;
} else if (args[0] === "deploy") {
  const added = args.includes("--secrets-file")
    ? JSON.parse(readFileSync(argumentAfter("--secrets-file"), "utf8"))
    : {};
  account.secrets = { ...account.secrets, ...added };
  writeFileSync(
    process.env.WRANGLER_OUTPUT_FILE_PATH,
    `{"type":"wrangler-session"}\n${JSON.stringify({ type: "deploy", targets: account.targets })}\n`,
  );
}
writeFileSync(file, JSON.stringify(account));
process.exit(exitCode);
