/** `headstart pool`: what the head is least sure of and nobody has labelled, where the operator lets it be kept. */
import type { Command } from "commander";
import { postJson } from "../import/api-client.ts";
import { CommandError, EXIT } from "../shared/command.ts";
import { nothingSchema, type PooledSample, poolEmptiedSchema, pooledLabelSchema, poolSchema } from "./answers.ts";
import {
  type CommonFlags,
  confirm,
  endWith,
  formatTable,
  openSession,
  parseCount,
  print,
  type Session,
  withDeployment,
} from "./session.ts";

const PATH = "/v1/admin/pool";
/** The most that the API lists, and so the most that can be named by the start of its id. */
const MOST = 50;
const SHOWN_ID = 12;
const SHOWN_TEXT = 60;

const EXAMPLES = `
A sample is named by the start of its id, as \`headstart pool list\` shows it, or by the whole of it.
Pictures of it are in the kitchen, where copies are kept (POOL_KEEPS_COPIES).
Examples:
  headstart pool list                       ten that would teach most, unlike one another
  headstart pool label 3fa85f64 four-cheese
  headstart pool label 3fa85f64 :none       it is not on the menu
  headstart pool dismiss 3fa85f64           it teaches nothing
  headstart pool empty --yes`;

/** Adds the subcommand with its own subcommands. */
export function addPool(program: Command): void {
  const group = program
    .command("pool")
    .description("what the head is least sure of and nobody has labelled")
    .addHelpText("after", EXAMPLES);
  const sub = (name: string, description: string) => withDeployment(group.command(name)).description(description);
  sub("list", "what a label would teach most, unlike one another")
    .option("--limit <n>", `show at most this many (default 10, at most ${MOST})`, parseCount)
    .action(list);
  sub("label", "says what it is: it becomes an example").argument("<sample>").argument("<item>").action(label);
  sub("dismiss", "takes it out of the pool without a label").argument("<sample>").action(dismiss);
  sub("empty", "takes everything out of the pool").option("--yes", "do not ask").action(empty);
}

async function list(flags: CommonFlags & { readonly limit?: number }): Promise<void> {
  const { call } = await openSession(flags);
  const answer = await call(poolSchema, flags.limit === undefined ? PATH : `${PATH}?limit=${flags.limit}`);
  print(flags, answer, () => {
    if (answer.samples.length > 0) return `${formatTable(HEAD, answer.samples.map(toRow))}\n${answer.pooled} in all.`;
    return answer.open ? "Nothing waits for a label." : "The pool is closed; POOL_SIZE opens it (docs/operations.md).";
  });
}

const HEAD = ["SAMPLE", "WHY", "HEAD SAYS", "SEEN", "TEXT"];

function toRow({ photo, reason, answers, seenAt, text }: PooledSample): string[] {
  const says = answers.map((answer) => `${answer.label} ${answer.score.toFixed(2)}`).join(", ") || "-";
  const words = (text ?? "").replace(/\s+/g, " ");
  const shown = words.length > SHOWN_TEXT ? `${words.slice(0, SHOWN_TEXT)}...` : words;
  return [photo.slice(0, SHOWN_ID), reason, says, seenAt.slice(0, 10), shown];
}

async function label(id: string, item: string, flags: CommonFlags): Promise<void> {
  const session = await openSession(flags);
  const answer = await session.callOnce(
    pooledLabelSchema,
    `${PATH}/${await findSample(session, id)}`,
    postJson({ label: item }),
  );
  print(flags, answer, () => `${answer.photo.slice(0, SHOWN_ID)} is ${answer.label}; learnt with the next training.`);
}

async function dismiss(id: string, flags: CommonFlags): Promise<void> {
  const session = await openSession(flags);
  const photo = await findSample(session, id);
  await session.call(nothingSchema, `${PATH}/${photo}`, { method: "DELETE" });
  print(flags, { dismissed: photo }, () => `${photo.slice(0, SHOWN_ID)} is no longer in the pool.`);
}

async function empty(flags: CommonFlags & { readonly yes?: boolean }): Promise<void> {
  const { url, call } = await openSession(flags);
  if (!(await confirm(`Take everything out of the pool of ${url}?`, flags.yes))) {
    console.error("Nothing was changed.");
    return endWith(EXIT.failed);
  }
  const answer = await call(poolEmptiedSchema, PATH, { method: "DELETE" });
  print(flags, answer, () => `Taken out: ${answer.dropped}.`);
}

/** The whole id of a listed sample; one that is whole already need not be listed. */
async function findSample({ call }: Session, id: string): Promise<string> {
  if (/^[0-9a-f]{64}$/.test(id)) return id;
  const { samples } = await call(poolSchema, `${PATH}?limit=${MOST}`);
  const [first, second] = samples.filter(({ photo }) => photo.startsWith(id));
  if (first !== undefined && second === undefined) return first.photo;
  throw new CommandError(
    `${first === undefined ? "No" : "More than one"} sample of the pool's list starts with ${id}.`,
    EXIT.usage,
  );
}
