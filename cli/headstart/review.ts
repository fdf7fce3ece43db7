/** `headstart review`: guests' corrections, most useful first, and staff's decisions on them. */
import type { Command } from "commander";
import { postJson } from "../import/api-client.ts";
import { CommandError, EXIT } from "../shared/command.ts";
import { decisionsSchema, type ReviewGroup, reviewsSchema, skippedSchema } from "./answers.ts";
import { acceptAs, type Decision, listSaid, rejectAll } from "./review-decisions.ts";
import { askForDecision } from "./review-next.ts";
import { type CommonFlags, endWith, formatTable, openSession, print, type Session, withDeployment } from "./session.ts";

const PATH = "/v1/admin/reviews";
const SHOWN_ID = 12;

const EXAMPLES = `
A picture is named by the start of its id, as \`headstart review list\` shows it.
Examples:
  headstart review list
  headstart review next                           one after another, with the keyboard
  headstart review accept 3fa85f64                what guests say of it is right
  headstart review relabel 3fa85f64 four-cheese
  headstart review relabel 3fa85f64 :none         it is not on the menu
  headstart review undo <photo>/<label>           as a decision printed it; possible for a day`;

/** Adds the subcommand with its own subcommands. */
export function addReview(program: Command): void {
  const group = program.command("review").description("guests' corrections").addHelpText("after", EXAMPLES);
  const sub = (name: string, description: string) => withDeployment(group.command(name)).description(description);
  sub("list", "what waits, most useful first").action(list);
  sub("next", "shows one picture after another and asks; for a terminal").action(next);
  sub("accept", "guests are right: the picture becomes an example")
    .argument("<picture>")
    .argument("[item]", "which proposal, where guests disagree")
    .action((id: string, item: string | undefined, flags: CommonFlags) =>
      decide(id, flags, (found) => acceptAs(found, item ?? onlyProposal(found))),
    );
  sub("relabel", "it is something else: an example of that")
    .argument("<picture>")
    .argument("<item>")
    .action((id: string, item: string, flags: CommonFlags) => decide(id, flags, (found) => acceptAs(found, item)));
  sub("reject", "it teaches nothing")
    .argument("<picture>")
    .action((id: string, flags: CommonFlags) => decide(id, flags, rejectAll));
  sub("skip", "leaves it for later, behind all that nobody has skipped").argument("<picture>").action(skip);
  sub("undo", "undoes decisions: the corrections wait again").argument("<decisions...>").action(undo);
}

async function list(flags: CommonFlags): Promise<void> {
  const { call } = await openSession(flags);
  const answer = await call(reviewsSchema, PATH);
  const rows = answer.groups.map((group) => [
    ...[group.photo.slice(0, SHOWN_ID), group.proposals.map(({ label }) => label).join(" or "), String(group.sources)],
    ...[group.guess ?? group.answers[0]?.label ?? "-", group.conflicts.join(", ")],
  ]);
  const table = () => formatTable(["PICTURE", "GUESTS SAY", "GUESTS", "HEAD SAID", "CONFLICTS"], rows);
  const waiting = `${countWaiting(answer.pending)}.`;
  print(flags, answer, () => (rows.length === 0 ? waiting : `${table()}\n${waiting}`));
}

function countWaiting(pending: number): string {
  if (pending === 0) return "no corrections wait";
  return pending === 1 ? "1 correction waits" : `${pending} corrections wait`;
}

async function decide(id: string, flags: CommonFlags, choose: (group: ReviewGroup) => Decision[]): Promise<void> {
  const session = await openSession(flags);
  const { groups } = await session.call(reviewsSchema, PATH);
  const answer = await send(session, choose(findGroup(groups, id)));
  print(flags, answer, () => describeWithUndo(answer));
  endWith(codeOf(answer));
}

async function skip(id: string, flags: CommonFlags): Promise<void> {
  const session = await openSession(flags);
  const { groups } = await session.call(reviewsSchema, PATH);
  const answer = await sendSkip(session, findGroup(groups, id));
  print(flags, answer, () => `Skipped: ${answer.skipped}.`);
}

/** Decisions are no longer in the list, so they go by their whole names, which deciding has printed. */
async function undo(names: readonly string[], flags: CommonFlags): Promise<void> {
  const reviews = names.map((name) => {
    const [photo, label, ...rest] = name.split("/");
    if (photo && label && rest.length === 0) return { photo, label };
    throw new CommandError(`${name} is no <photo>/<label>, as a decision printed it.`, EXIT.usage);
  });
  const { callOnce } = await openSession(flags);
  const answer = await callOnce(decisionsSchema, `${PATH}/undo`, postJson({ reviews }));
  print(flags, answer, () => describe("Taken back", answer));
  endWith(codeOf(answer));
}

/** Safe to repeat: skipped again, it stays where it is. */
function sendSkip({ call }: Session, group: ReviewGroup) {
  return call(skippedSchema, `${PATH}/skip`, postJson({ reviews: listSaid(group) }));
}

function send({ callOnce }: Session, decisions: readonly Decision[]) {
  return callOnce(decisionsSchema, PATH, postJson({ decisions }));
}

type Decided = Awaited<ReturnType<typeof send>>;

function codeOf({ done, refused }: Decided) {
  return refused === 0 ? EXIT.ok : done > 0 ? EXIT.partly : EXIT.failed;
}

function describeWithUndo(answer: Decided): string {
  const done = answer.results.filter(({ status }) => status === "done").map(({ photo, label }) => `${photo}/${label}`);
  const words = describe("Decided", answer);
  return done.length === 0 ? words : `${words}\nTo take it back: headstart review undo ${done.join(" ")}`;
}

function describe(what: string, { done, results }: Decided): string {
  const refused = results.filter(({ problem }) => problem !== undefined);
  return [`${what}: ${done}.`, ...refused.map(({ photo, problem }) => `  ${photo}: ${problem?.detail}`)].join("\n");
}

function findGroup(groups: readonly ReviewGroup[], id: string): ReviewGroup {
  const found = groups.filter(({ members }) => members.some(({ photo }) => photo.startsWith(id)));
  const [first] = found;
  if (found.length === 1 && first !== undefined) return first;
  throw new CommandError(
    `${found.length === 0 ? "No" : "More than one"} waiting picture starts with ${id}.`,
    EXIT.usage,
  );
}

function onlyProposal({ proposals, photo }: ReviewGroup): string {
  const [first, second] = proposals;
  if (first !== undefined && second === undefined) return first.label;
  const labels = proposals.map(({ label }) => label).join(" or ");
  throw new CommandError(`Guests disagree about ${photo.slice(0, SHOWN_ID)}: say ${labels}.`, EXIT.usage);
}

/** Goes through the queue until it is empty or the person has had enough. Pictures skipped come behind the others next time. */
async function next(flags: CommonFlags): Promise<void> {
  if (process.stdin.isTTY !== true || flags.json) {
    throw new CommandError("`review next` asks a person at a terminal; programs use list, accept, reject.", EXIT.usage);
  }
  const session = await openSession(flags);
  const skipped = new Set<string>();
  for (;;) {
    const { groups, pending } = await session.call(reviewsSchema, PATH);
    const group = groups.find(({ photo }) => !skipped.has(photo));
    if (group === undefined) return console.log(`Nothing more to decide; ${countWaiting(pending)}.`);
    const choice = await askForDecision(group, session.url);
    if (choice === "quit") return;
    if (choice !== "skip") {
      console.log(describeWithUndo(await send(session, choice)));
      continue;
    }
    skipped.add(group.photo);
    await sendSkip(session, group);
  }
}
