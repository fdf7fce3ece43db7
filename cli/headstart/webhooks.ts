/** `headstart webhooks`: addresses that hear what happens, and the messages to them. A secret is shown once. */
import { type Command, InvalidArgumentError } from "commander";
import { WEBHOOK_EVENTS } from "../../src/shared/webhook-events.ts";
import { postJson } from "../import/api-client.ts";
import { EXIT } from "../shared/command.ts";
import { nothingSchema } from "./answers.ts";
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
import {
  type Delivery,
  deliveriesSchema,
  deliverySchema,
  type Webhook,
  webhookSchema,
  webhooksSchema,
  webhookWithSecretSchema,
} from "./webhook-answers.ts";

const PATH = "/v1/admin/webhooks";

const EXAMPLES = `
Events: ${WEBHOOK_EVENTS.join(", ")}.
How to receive and verify messages: docs/operations.md, examples/webhooks.
Examples:
  headstart webhooks add https://shop.example.com/headstart --events head.published,run.failed
  headstart webhooks test w_0123456789abcdef
  headstart webhooks log w_0123456789abcdef
  headstart webhooks redeliver w_0123456789abcdef 17
  headstart webhooks on w_0123456789abcdef      after it was given up`;

interface ChoiceFlags extends CommonFlags {
  readonly events?: readonly string[];
  readonly queueAbove?: number;
}

/** Adds the subcommand with its own subcommands. */
export function addWebhooks(program: Command): void {
  const group = program
    .command("webhooks")
    .description("addresses that hear what happens")
    .addHelpText("after", EXAMPLES);
  const sub = (name: string, description: string) => withDeployment(group.command(name)).description(description);
  const withChoice = (command: Command) =>
    command
      .option("--events <names>", "what it hears of, separated by commas (add: everything)", parseEvents)
      .option("--queue-above <n>", "corrections that wait before queue.long tells of them", parseCount);
  sub("list", "all webhooks, without their secrets").action(list);
  withChoice(sub("add", "adds one; its secret is printed once, on stdout").argument("<address>")).action(add);
  withChoice(sub("change", "another address, or other events").argument("<id>"))
    .option("--address <address>", "where messages go from now on")
    .action(change);
  sub("on", "tells it again, at once what still waits")
    .argument("<id>")
    .action((id, flags) => switchTo(true, id, flags));
  sub("off", "tells it nothing for now")
    .argument("<id>")
    .action((id, flags) => switchTo(false, id, flags));
  sub("rotate", "makes a new secret; for a day messages carry a signature by the old one too")
    .argument("<id>")
    .action(rotate);
  sub("delete", "ends it, with all its messages").argument("<id>").option("--yes", "do not ask").action(remove);
  sub("test", "sends it a message now and says what came of it").argument("<id>").action(test);
  sub("log", "what was sent to it or is to be, newest first")
    .argument("<id>")
    .option("--limit <n>", "show at most this many (default 20, at most 200)", parseCount)
    .option("--after <number>", "those before this message", parseCount)
    .action(log);
  sub("redeliver", "sends a message of the log again, now")
    .argument("<id>")
    .argument("<number>", "as in the log", parseCount)
    .action(redeliver);
}

function parseEvents(text: string): readonly string[] {
  const names = text.split(",").map((name) => name.trim());
  const wrong = names.find((name) => !WEBHOOK_EVENTS.some((event) => event === name));
  if (wrong === undefined) return names;
  throw new InvalidArgumentError(`"${wrong}" is none of ${WEBHOOK_EVENTS.join(", ")}.`);
}

async function list(flags: CommonFlags): Promise<void> {
  const { call } = await openSession(flags);
  const answer = await call(webhooksSchema, PATH);
  const rows = answer.webhooks.map((hook) => [
    ...[hook.id, describeState(hook), String(hook.waiting), hook.deliveredAt?.slice(0, 16) ?? "-"],
    ...[hook.events.length === WEBHOOK_EVENTS.length ? "all" : hook.events.join(","), hook.url],
  ]);
  print(flags, answer, () => formatTable(["ID", "STATE", "WAITING", "LAST ARRIVED", "EVENTS", "ADDRESS"], rows));
}

function describeState({ state, failingSince }: Webhook): string {
  return state === "on" && failingSince !== null ? "failing" : state;
}

async function add(url: string, { events = WEBHOOK_EVENTS, queueAbove, ...flags }: ChoiceFlags): Promise<void> {
  await showSecret(PATH, { url, events, queueAbove }, flags);
}

async function rotate(id: string, flags: CommonFlags): Promise<void> {
  await showSecret(`${pathOf(id)}/rotate`, {}, flags);
}

/** The secret alone goes to stdout, so that it can be piped to where it is kept; the words go to stderr. */
async function showSecret(path: string, body: object, flags: CommonFlags): Promise<void> {
  const { callOnce } = await openSession(flags);
  const hook = await callOnce(webhookWithSecretSchema, path, postJson(body));
  if (!flags.json) console.error(`${hook.url} (${hook.id}). The secret is shown only now:`);
  print(flags, hook, () => hook.secret);
}

async function change(id: string, { address, events, queueAbove, ...flags }: ChoiceFlags & { address?: string }) {
  await patch(id, { url: address, events, queueAbove }, flags);
}

async function switchTo(on: boolean, id: string, flags: CommonFlags): Promise<void> {
  await patch(id, { on }, flags);
}

async function patch(id: string, body: object, flags: CommonFlags): Promise<void> {
  const { call } = await openSession(flags);
  const hook = await call(webhookSchema, pathOf(id), postJson(body, "PATCH"));
  print(flags, hook, () => `${hook.url} is ${hook.state}, and is told of ${hook.events.join(", ")}.`);
}

async function remove(id: string, flags: CommonFlags & { readonly yes?: boolean }): Promise<void> {
  const { url, call } = await openSession(flags);
  if (!(await confirm(`Delete ${id} at ${url}, with what still waits for it?`, flags.yes))) {
    console.error("Nothing was changed.");
    return endWith(EXIT.failed);
  }
  await call(nothingSchema, pathOf(id), { method: "DELETE" });
  print(flags, { deleted: id }, () => `Deleted: ${id}.`);
}

async function test(id: string, flags: CommonFlags): Promise<void> {
  await sendNow(`${pathOf(id)}/test`, flags);
}

async function redeliver(id: string, number: number, flags: CommonFlags): Promise<void> {
  await sendNow(`${pathOf(id)}/deliveries/${number}/redeliver`, flags);
}

/** Fails where the message did not arrive, for scripts. */
async function sendNow(path: string, flags: CommonFlags): Promise<void> {
  const { callOnce } = await openSession(flags);
  const delivery = await callOnce(deliverySchema, path, { method: "POST" });
  print(flags, delivery, () => `Message ${delivery.id}: ${describeOutcome(delivery)}.`);
  endWith(delivery.state === "delivered" ? EXIT.ok : EXIT.failed);
}

async function log(
  id: string,
  { limit = 20, after, ...flags }: CommonFlags & { readonly limit?: number; readonly after?: number },
): Promise<void> {
  const { call } = await openSession(flags);
  const behind = after === undefined ? "" : `&after=${after}`;
  const answer = await call(deliveriesSchema, `${pathOf(id)}/deliveries?limit=${limit}${behind}`);
  const rows = answer.deliveries.map((delivery) => [
    ...[String(delivery.id), delivery.createdAt.slice(0, 16), delivery.event, String(delivery.attempts)],
    describeOutcome(delivery),
  ]);
  print(flags, answer, () => {
    const more = answer.next === null ? "" : `\nMore: --after ${answer.next}`;
    return formatTable(["NUMBER", "WRITTEN", "EVENT", "ATTEMPTS", "OUTCOME"], rows) + more;
  });
}

const FAULTS: Readonly<Record<string, string>> = {
  address: "this address may not be called",
  redirect: "sent elsewhere, which is not followed",
  gone: "wants no more messages",
  refused: "refused",
  late: "no answer in time",
  unreachable: "could not be reached",
};

function describeOutcome({ state, status, fault, nextAt }: Delivery): string {
  if (state === "delivered") return "arrived";
  if (fault === null) return "not sent yet";
  const why = `${FAULTS[fault] ?? fault}${status === null ? "" : ` (${status})`}`;
  return nextAt === null ? why : `${why}, again at ${nextAt.slice(0, 16)}`;
}

function pathOf(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}
