/** `headstart classes`: the items on the menu. */
import type { Command } from "commander";
import type { z } from "zod";
import { postJson } from "../import/api-client.ts";
import { CommandError, EXIT } from "../shared/command.ts";
import { forgottenSchema, type Item, itemSchema, itemsSchema, nothingSchema, orderSchema } from "./answers.ts";
import { type CommonFlags, confirm, endWith, formatTable, openSession, print, withDeployment } from "./session.ts";

const PATH = "/v1/admin/classes";

const EXAMPLES = `
An item is named by its id; \`headstart classes list\` shows them.
Examples:
  headstart classes add "Four Cheese"
  headstart classes add Refund --description "somebody wants their money back"
  headstart classes rename four-cheese "Quattro Formaggi"
  headstart classes merge 4-cheese four-cheese`;

/** Adds the subcommand with its own subcommands. */
export function addClasses(program: Command): void {
  const group = program.command("classes").description("the items").addHelpText("after", EXAMPLES);
  const sub = (name: string, description: string) => withDeployment(group.command(name)).description(description);
  sub("list", "all items, archived ones last").action(list);
  sub("add", "adds an item; its examples come with `headstart import`")
    .argument("<name>")
    .option("--id <id>", "letters, digits, - and _ (default: made from the name)")
    .option(
      "--description <text>",
      "shown to guests; where texts are read it is also what the item goes by until it has examples",
    )
    .action(add);
  sub("rename", "another name, live at once; what was learned stays")
    .argument("<item>")
    .argument("<name>")
    .action((id: string, name: string, flags: CommonFlags) => change(id, { name }, flags));
  sub(
    "describe",
    "another description, shown at once and learnt by the next training where texts are read; without words: none",
  )
    .argument("<item>")
    .argument("[words...]")
    .action((id: string, words: string[], flags: CommonFlags) => change(id, { description: words.join(" ") }, flags));
  sub("aliases", "other names that an import knows an item by; without names: none")
    .argument("<item>")
    .argument("[names...]")
    .action((id: string, aliases: string[], flags: CommonFlags) => change(id, { aliases }, flags));
  sub("order", "changes the order: these first, the others after them as they are")
    .argument("<items...>")
    .action(order);
  sub("archive", "switches an item off; its examples stay")
    .argument("<item>")
    .action((id: string, flags: CommonFlags) => change(id, { archived: true }, flags));
  sub("restore", "puts an archived item back")
    .argument("<item>")
    .action((id: string, flags: CommonFlags) => change(id, { archived: false }, flags));
  sub("merge", "moves an item's examples to another one, and switches it off")
    .argument("<item>")
    .argument("<into>")
    .option("--yes", "do not ask")
    .action(merge);
  sub("delete", "forgets an item and all its examples, for good")
    .argument("<item>")
    .option("--yes", "do not ask")
    .action(remove);
}

async function list(flags: CommonFlags): Promise<void> {
  const { call } = await openSession(flags);
  const answer = await call(itemsSchema, PATH);
  const items = answer.classes.map((item) => [item.id, item.name, String(item.examples), describeState(item)]);
  const { label, examples } = answer.none ?? { label: "", examples: 0 };
  const none = examples === 0 ? [] : [[label, "", String(examples), "none of the items, never an answer"]];
  print(flags, answer, () => formatTable(["ID", "NAME", "EXAMPLES", "STATE"], [...items, ...none]));
}

function describeState({ archived, mergedInto, byDescription }: z.infer<typeof itemSchema>): string {
  if (mergedInto !== null) return `merged into ${mergedInto}`;
  if (archived) return "archived";
  return byDescription === true ? "active, by its description" : "active";
}

async function add(name: string, flags: CommonFlags & { id?: string; description?: string }): Promise<void> {
  const { callOnce } = await openSession(flags);
  const { id, description } = flags;
  const item = await callOnce(
    itemSchema,
    PATH,
    postJson({ name, ...(id && { id }), ...(description && { description }) }),
  );
  print(flags, item, () => describeItem("Added", item));
}

async function change(id: string, wanted: object, flags: CommonFlags): Promise<void> {
  const { call } = await openSession(flags);
  const item = await call(itemSchema, pathOf(id), postJson(wanted, "PATCH"));
  print(flags, item, () => describeItem("Changed", item));
}

async function order(first: readonly string[], flags: CommonFlags): Promise<void> {
  const { call } = await openSession(flags);
  const { classes } = await call(itemsSchema, PATH);
  const others = classes.filter(({ id, archived }) => !archived && !first.includes(id)).map(({ id }) => id);
  const answer = await call(orderSchema, `${PATH}/order`, postJson({ ids: [...first, ...others] }, "PUT"));
  print(flags, answer, () => `The order is now: ${answer.ids.join(", ")}.`);
}

function describeItem(verb: string, item: Item): string {
  return `${verb}: ${item.name} (${item.id}), ${describeState(item)}, ${item.examples} examples.`;
}

async function merge(id: string, into: string, flags: CommonFlags & { yes?: boolean }): Promise<void> {
  const { url, callOnce } = await openSession(flags);
  if (!(await confirm(`Merge ${id} into ${into} at ${url}? This cannot be undone.`, flags.yes))) return stop();
  await callOnce(nothingSchema, `${pathOf(id)}/merge`, postJson({ into }));
  print(flags, { merged: id, into }, () => `Merged ${id} into ${into}.`);
}

async function remove(id: string, flags: CommonFlags & { yes?: boolean }): Promise<void> {
  const { url, call, callOnce } = await openSession(flags);
  const item = (await call(itemsSchema, PATH)).classes.find((one) => one.id === id);
  if (item === undefined) throw new CommandError(`There is no item ${id}. \`headstart classes list\` shows them.`);
  const question = `Forget ${item.name} and its ${item.examples} examples at ${url}? This cannot be undone.`;
  if (!(await confirm(question, flags.yes))) return stop();
  const { forgotten } = await callOnce(forgottenSchema, pathOf(id), { method: "DELETE" });
  const words = `Forgotten: ${item.name}, ${forgotten.examples} examples, ${forgotten.reviews} corrections.`;
  print(flags, { deleted: id, forgotten }, () => words);
}

function stop(): void {
  console.error("Nothing was changed.");
  endWith(EXIT.failed);
}

function pathOf(id: string): string {
  return `${PATH}/${encodeURIComponent(id)}`;
}
