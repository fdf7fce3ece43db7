/** `headstart keys`: who may do what. A secret is shown once, when it is made. */
import { type Command, Option } from "commander";
import { KEY_ROLES } from "../../src/shared/role.ts";
import { postJson } from "../import/api-client.ts";
import { EXIT } from "../shared/command.ts";
import { keysSchema, newKeySchema, nothingSchema } from "./answers.ts";
import {
  type CommonFlags,
  confirm,
  endWith,
  formatTable,
  openSession,
  parseCount,
  print,
  withDeployment,
} from "./session.ts";

const PATH = "/v1/admin/keys";

const EXAMPLES = `
Roles, each including those before it: ${KEY_ROLES.join(", ")}.
Examples:
  headstart keys make "till 1" --role classify --days 365
  headstart keys make "terrace camera" --role classify --place terrace
  headstart keys rotate k_0123456789abcdef
  headstart keys revoke k_0123456789abcdef`;

interface MakeFlags extends CommonFlags {
  readonly role: string;
  readonly days?: number;
  readonly place?: string;
}

/** Adds the subcommand with its own subcommands. */
export function addKeys(program: Command): void {
  const group = program.command("keys").description("API keys of the deployment").addHelpText("after", EXAMPLES);
  const sub = (name: string, description: string) => withDeployment(group.command(name)).description(description);
  sub("list", "all keys, without their secrets").action(list);
  sub("make", "a new key; its secret is shown this once, on stdout")
    .argument("<name>", "what it is for")
    .addOption(new Option("--role <role>", "what it may do").choices(KEY_ROLES).makeOptionMandatory())
    .option("--days <n>", "valid for this many days (default: for ever)", parseCount)
    .option("--place <id>", "its requests come from this place: a key for a camera")
    .action(make);
  sub("rotate", "a new secret for a key; the old one stops working")
    .argument("<id>")
    .option("--days <n>", "valid for this many days from now", parseCount)
    .action(rotate);
  sub("revoke", "ends a key for good").argument("<id>").option("--yes", "do not ask").action(revoke);
}

async function list(flags: CommonFlags): Promise<void> {
  const { call } = await openSession(flags);
  const answer = await call(keysSchema, PATH);
  const day = (time: string | null) => time?.slice(0, 10) ?? "-";
  const rows = answer.keys.map((key) => [
    ...[key.id, key.name, key.role, key.place ?? "-"],
    ...[day(key.createdAt), day(key.expiresAt), day(key.lastUsedAt), day(key.revokedAt)],
  ]);
  print(flags, answer, () =>
    formatTable(["ID", "NAME", "ROLE", "PLACE", "MADE", "EXPIRES", "LAST USED", "REVOKED"], rows),
  );
}

async function make(name: string, flags: MakeFlags): Promise<void> {
  const body = { name, role: flags.role, place: flags.place, ...(flags.days && { expiresInDays: flags.days }) };
  await showSecret(PATH, body, flags);
}

async function rotate(id: string, flags: CommonFlags & { days?: number }): Promise<void> {
  await showSecret(`${pathOf(id)}/rotate`, flags.days ? { expiresInDays: flags.days } : {}, flags);
}

/** The secret alone goes to stdout, so that it can be piped to where it is kept; the words go to stderr. */
async function showSecret(path: string, body: object, flags: CommonFlags): Promise<void> {
  const { callOnce } = await openSession(flags);
  const key = await callOnce(newKeySchema, path, postJson(body));
  if (!flags.json) console.error(`${key.name} (${key.id}), role ${key.role}. The secret is shown only now:`);
  print(flags, key, () => key.secret);
}

async function revoke(id: string, flags: CommonFlags & { yes?: boolean }): Promise<void> {
  const { url, call } = await openSession(flags);
  if (!(await confirm(`Revoke ${id} at ${url}? What uses it stops working.`, flags.yes))) {
    console.error("Nothing was changed.");
    return endWith(EXIT.failed);
  }
  await call(nothingSchema, pathOf(id), { method: "DELETE" });
  print(flags, { revoked: id }, () => `Revoked: ${id}.`);
}

function pathOf(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}
