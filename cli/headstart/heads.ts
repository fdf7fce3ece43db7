/** `headstart heads`: the versions of what was learned. */
import type { Command } from "commander";
import type { z } from "zod";
import { type Call, postJson } from "../import/api-client.ts";
import { CommandError } from "../shared/command.ts";
import {
  activationSchema,
  comparisonSchema,
  type Head,
  headReportSchema,
  headsSchema,
  type JudgedLabels,
  pinSchema,
} from "./answers.ts";
import { type CommonFlags, formatTable, openSession, parseCount, print, withDeployment } from "./session.ts";

const PATH = "/v1/admin/heads";
/** The most that one page holds. */
const PAGE_HEADS = 200;

const EXAMPLES = `
Examples:
  headstart heads list
  headstart heads list --all --json         every version ever made
  headstart heads compare 3 4
  headstart heads activate 3 --hold         back to version 3, and later ones wait
  headstart heads release                   later ones may go live again`;

/** Adds the subcommand with its own subcommands. */
export function addHeads(program: Command): void {
  const group = program.command("heads").description("versions of what was learned").addHelpText("after", EXAMPLES);
  const sub = (name: string, description: string) => withDeployment(group.command(name)).description(description);
  const one = (name: string, description: string) => sub(name, description).argument("<version>", "", parseCount);
  sub("list", "the newest 100, newest first").option("--all", "all of them, page after page").action(list);
  one("show", "one version: how well it does, item by item").action(show);
  one("compare", "what changed from one version to another").argument("<to>", "", parseCount).action(compare);
  one("activate", "makes a version live: a rollback, or your word against the gate")
    .option("--hold", "later versions wait until you release them")
    .action((version: number, flags: CommonFlags & { hold?: boolean }) =>
      activate(version, flags.hold === true, flags),
    );
  one("pin", "keeps a version whatever its age").action((version: number, flags: CommonFlags) =>
    pin(version, true, flags),
  );
  one("unpin", "lets a version go").action((version: number, flags: CommonFlags) => pin(version, false, flags));
  sub("hold", "the live version stays; later ones wait").action((flags: CommonFlags) => setHold(true, flags));
  sub("release", "later versions go live by themselves again").action((flags: CommonFlags) => setHold(false, flags));
}

async function list(flags: CommonFlags & { all?: boolean }): Promise<void> {
  const { call } = await openSession(flags);
  const answer = flags.all === true ? await fetchAll(call) : await call(headsSchema, PATH);
  const rows = answer.heads.map((head) => [
    ...[String(head.version), head.createdAt.slice(0, 16), String(head.classIds.length), String(head.examples)],
    ...[percent(head.evaluation?.accuracy), describeState(head)],
  ]);
  const older = answer.next === null ? "" : "\nThere are older ones; `headstart heads list --all` shows them.";
  const held = answer.held ? "\nLater versions wait; `headstart heads release` lets them go live." : "";
  print(
    flags,
    answer,
    () => formatTable(["VERSION", "MADE (UTC)", "ITEMS", "EXAMPLES", "ACCURACY", "STATE"], rows) + older + held,
  );
}

/** As one answer: what is live is that of the last page. */
async function fetchAll(call: Call): Promise<z.infer<typeof headsSchema>> {
  let page = await call(headsSchema, `${PATH}?limit=${PAGE_HEADS}`);
  const heads = page.heads;
  while (page.next !== null) {
    page = await call(headsSchema, `${PATH}?limit=${PAGE_HEADS}&after=${page.next}`);
    heads.push(...page.heads);
  }
  return { ...page, heads };
}

function describeState({ live, gate, pinnedAt, purgedAt }: Head): string {
  const states = [
    live && "live",
    !live && gate?.passed === false && "held back",
    pinnedAt !== null && "pinned",
    purgedAt !== null && "weights deleted",
  ];
  return states.filter((state) => state !== false).join(", ");
}

async function show(version: number, flags: CommonFlags): Promise<void> {
  const { call } = await openSession(flags);
  const head = await call(headReportSchema, `${PATH}/${version}`);
  print(flags, head, () => describeHead(head));
}

function describeHead(head: z.infer<typeof headReportSchema>): string {
  const { evaluation, replay, details, gate } = head;
  const unjudged =
    head.examples === 0 ? "nobody has checked it: it goes by descriptions alone" : "not judged: too few examples";
  const judged = evaluation === null ? unjudged : `${percent(evaluation.accuracy)} of ${evaluation.examples}`;
  const rows = details?.perClass.map((item) => [
    ...[item.classId, String(item.examples), percent(item.precision), percent(item.recall)],
  ]);
  return [
    `Version ${head.version}, ${head.createdAt} ${describeState(head)}`,
    `Accuracy (leave-one-out)  ${judged}`,
    ...(evaluation?.taughtAccuracy === undefined
      ? []
      : [`Accuracy (as taught)      ${percent(evaluation.taughtAccuracy)}`]),
    ...describeJudged("From a teacher           ", evaluation?.teacher),
    ...describeJudged("From what nobody labelled", evaluation?.pool),
    ...(head.tested ? [`Accuracy (test set)       ${head.tested.right} of ${head.tested.examples}`] : []),
    ...(gate === null ? [] : [`Gate                      ${gate.passed ? "passed" : "held back"}: ${gate.reason}`]),
    ...(replay === null ? [] : [`Replay                    ${replay.changed} of ${replay.replayed} answers changed`]),
    ...(rows === undefined ? [] : [formatTable(["ITEM", "EXAMPLES", "PRECISION", "RECALL"], rows)]),
  ].join("\n");
}

/** Labels that no person gave: whether they count in it, and what people's labels said of them. */
function describeJudged(heading: string, judged: JudgedLabels | undefined): readonly string[] {
  if (judged === undefined) return [];
  const { labels, isAllowed, rightWithout, rightWith } = judged;
  const verdict = isAllowed ? `${labels} count` : `none of ${labels} counts`;
  return [
    `${heading} ${verdict}: ${rightWithout} of ${judged.judged} labels right without them, ${rightWith} with them`,
  ];
}

async function compare(from: number, to: number, flags: CommonFlags): Promise<void> {
  const { call } = await openSession(flags);
  const answer = await call(comparisonSchema, `${PATH}/compare?from=${from}&to=${to}`);
  const { evaluationFrom, evaluationTo, addedClasses, removedClasses, changedClasses, test } = answer;
  print(flags, answer, () =>
    [
      `Accuracy  ${percent(evaluationFrom?.accuracy)} -> ${percent(evaluationTo?.accuracy)}`,
      ...(test ? [`Test set  ${test.rightFrom} -> ${test.rightTo} of ${test.examples}`] : []),
      `Added     ${addedClasses.join(", ") || "nothing"}`,
      `Removed   ${removedClasses.join(", ") || "nothing"}`,
      formatTable(
        ["ITEM", "RECALL BEFORE", "RECALL AFTER"],
        changedClasses.map((item) => [item.classId, percent(item.recallFrom), percent(item.recallTo)]),
      ),
    ].join("\n"),
  );
}

async function activate(version: number, hold: boolean, flags: CommonFlags): Promise<void> {
  const { call } = await openSession(flags);
  const answer = await call(activationSchema, `${PATH}/${version}/activate`, postJson({ hold }));
  const later = answer.held
    ? "later versions wait until `headstart heads release`"
    : "later versions go live by themselves";
  print(flags, answer, () => `Version ${answer.liveVersion} is live; ${later}.`);
}

async function setHold(hold: boolean, flags: CommonFlags): Promise<void> {
  const { call } = await openSession(flags);
  const { liveVersion } = await call(headsSchema, `${PATH}?limit=1`);
  if (liveVersion === null) throw new CommandError("No version is live yet: there is nothing to hold or release.");
  await activate(liveVersion, hold, flags);
}

async function pin(version: number, pinned: boolean, flags: CommonFlags): Promise<void> {
  const { call } = await openSession(flags);
  const answer = await call(pinSchema, `${PATH}/${version}`, postJson({ pinned }, "PATCH"));
  print(flags, answer, () => `Version ${version} ${pinned ? "is kept whatever its age" : "goes when it is old"}.`);
}

function percent(share: number | null | undefined): string {
  return share === null || share === undefined ? "-" : `${(100 * share).toFixed(1)} %`;
}
