/** `headstart test-set`: examples that judge versions and that no version learns from. */
import { type Command, InvalidArgumentError } from "commander";
import { postJson } from "../import/api-client.ts";
import { type TestSet, testChangeSchema, testSetSchema } from "./answers.ts";
import { type CommonFlags, formatTable, openSession, parseCount, print, withDeployment } from "./session.ts";

const PATH = "/v1/admin/test-set";

const EXAMPLES = `
Which examples are set aside is settled by their hashes: the same command chooses the same ones, near copies together.
Single ones: \`headstart import --purpose test\`, a column purpose in a list, or the kitchen.
Examples:
  headstart test-set show                   how the live version answers it
  headstart test-set show --head 3
  headstart test-set set-aside              a fifth of each item
  headstart test-set set-aside 0.3 --class four-cheese
  headstart test-set give-back              all of it teaches again`;

interface ShareFlags extends CommonFlags {
  readonly class?: string;
}

/** Adds the subcommand with its own subcommands. */
export function addTestSet(program: Command): void {
  const group = program
    .command("test-set")
    .description("examples that judge versions and that no version learns from")
    .addHelpText("after", EXAMPLES);
  const sub = (name: string, description: string) => withDeployment(group.command(name)).description(description);
  sub("show", "how a version answers it").option("--head <version>", "not the live one", parseCount).action(show);
  sub("set-aside", "sets a share of each item's examples aside")
    .argument("[share]", "0.2 is a fifth", parseShare, 0.2)
    .option("--class <item>", "of this item alone")
    .action(setAside);
  sub("give-back", "gives all of it back to learning").option("--class <item>", "of this item alone").action(giveBack);
}

async function show(flags: CommonFlags & { readonly head?: number }): Promise<void> {
  const { call } = await openSession(flags);
  const answer = await call(testSetSchema, flags.head === undefined ? PATH : `${PATH}?head=${flags.head}`);
  print(flags, answer, () => describe(answer));
}

function describe({ examples, headVersion, judgement }: TestSet): string {
  if (examples === 0) return "Nothing is set aside. `headstart test-set set-aside` takes a fifth of each item.";
  if (judgement === null) return `${examples} set aside; no version is live that could be judged.`;
  const { right, interval, perClass, confusions, strangers, found, learnt } = judgement;
  const rows = perClass.map((item) => [item.classId, String(item.examples), String(item.right)]);
  const mistakes = confusions.map((cell) => [cell.given, cell.answered, String(cell.examples)]);
  return [
    `${examples} set aside. Version ${headVersion} answers ${right} of ${judgement.examples} rightly (${percent(interval.low)} to ${percent(interval.high)} at 95 %).`,
    ...(strangers === 0 ? [] : [`None of the items: ${found} of ${strangers} found.`]),
    ...(learnt === 0
      ? []
      : [`${learnt} more are not counted: that version has learnt from them, or the next training takes them out.`]),
    ...(rows.length === 0 ? [] : [formatTable(["ITEM", "TESTED", "RIGHT"], rows)]),
    ...(mistakes.length === 0 ? [] : [formatTable(["IS", "ANSWERED", "TIMES"], mistakes)]),
  ].join("\n");
}

async function setAside(share: number, flags: ShareFlags): Promise<void> {
  const { call } = await openSession(flags);
  let [total, after]: [number, string | null] = [0, null];
  do {
    const order = {
      share,
      ...(flags.class === undefined ? {} : { class: flags.class }),
      ...(after === null ? {} : { after }),
    };
    const part: { setAside: number; next: string | null } = await call(testChangeSchema, PATH, postJson(order));
    total += part.setAside;
    after = part.next;
  } while (after !== null);
  print(flags, { setAside: total }, () => `Set aside: ${total}. \`headstart train\` makes a version without them.`);
}

async function giveBack(flags: ShareFlags): Promise<void> {
  const { call } = await openSession(flags);
  const order = { share: 0, ...(flags.class === undefined ? {} : { class: flags.class }) };
  const { returned } = await call(testChangeSchema, PATH, postJson(order));
  print(flags, { returned }, () => `Given back: ${returned}. The next training learns them again.`);
}

function parseShare(text: string): number {
  const share = Number(text);
  if (share > 0 && share <= 0.5) return share;
  throw new InvalidArgumentError("a share from 0 to 0.5 is needed; 0.2 is a fifth.");
}

function percent(share: number): string {
  return `${Math.round(share * 100)} %`;
}
