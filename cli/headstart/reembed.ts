/** `headstart reembed`: another backbone for the existing labels. This machine embeds photos or texts again; the server compares both. */
import type { Command } from "commander";
import { findPlacedTextBackbone, type PlacedTextBackbone } from "../backbone/placed-text-backbone.ts";
import { withBackbone } from "../backbone/with-backbone.ts";
import { createNodeDecoder, createNodeEmbedder, createNodeResample, PHOTO_LIMITS } from "../evaluate/node-embedder.ts";
import { createNodeTextEmbedder } from "../evaluate/node-text-embedder.ts";
import { createApiClient, createSender } from "../import/api-client.ts";
import { createProgress } from "../import/show-progress.ts";
import { describeChange, describeMissing } from "../reembed/describe-change.ts";
import { type EmbeddedMissing, embedMissing } from "../reembed/embed-missing.ts";
import { keptPhotos, keptTexts, requireKept } from "../reembed/find-kept.ts";
import { photosIn } from "../reembed/find-photos.ts";
import { textsIn } from "../reembed/find-texts.ts";
import { type FindSources, inTurn } from "../reembed/sample-source.ts";
import {
  type BackboneChange,
  beginChange,
  endChange,
  listMissing,
  type MissingSample,
  showChange,
  trainSecond,
} from "../reembed/second-backbone.ts";
import { CommandError, EXIT } from "../shared/command.ts";
import { requireDeployment } from "../shared/deployment.ts";
import { ACTIVE_TEXT_BACKBONE_DIR } from "../shared/project-paths.ts";
import { withTextBackbone } from "./evaluate-text-lists.ts";
import { type CommonFlags, confirm, endWith, openSession, print, type Session, withDeployment } from "./session.ts";

interface ReembedFlags extends CommonFlags {
  readonly backbone?: string;
  readonly fromOriginals?: boolean;
  readonly leave?: readonly string[];
  readonly end?: boolean;
  readonly yes?: boolean;
}

const EXAMPLES = `
Photos are found by their bytes, in whatever folders they lie now. Guests are answered as before; the new backbone answers when it is
deployed, and the old one again when that is deployed again. A command that was broken off goes on where it was.
Texts come in a list, as for an import; its labels are not read. What the deployment keeps itself, originals in its bucket or whole texts
(KEEP_PICTURES), needs no folder; beside one, --from-originals is for whatever is not in it.
What has no photo is listed. Leave it behind by its id, or all of it: the label is kept, and counts again with its photo.
After the change the same command without --backbone embeds what was left behind.
Exits with 5 while photos are missing.
Examples:
  headstart reembed photos/ --backbone mobilenetv2-1.0
  headstart reembed --backbone mobilenetv2-1.0                  from what the deployment keeps
  headstart reembed photos/ --backbone mobilenetv2-1.0 --leave all
  npm run backbone -- use mobilenetv2-1.0 && npm run deploy && headstart train
  headstart reembed                         where it stands, and how both answer
  headstart reembed --end                   drops what is kept of the backbone that is not in use`;

/** Adds the subcommand. */
export function addReembed(program: Command): void {
  withDeployment(program.command("reembed"))
    .description("changes the backbone and keeps the labels: embeds photos or texts again, and compares both")
    .argument("[folder|list]", "where the photos are, or the list of texts; without it, says where the change stands")
    .option("--backbone <name|file>", "the new backbone (default: the one in place here)")
    .option("--from-originals", "embed what the deployment keeps itself, of whatever is not in the folder")
    .option("--leave <ids...>", "leave these examples behind, by their ids; `all` for whatever has no photo")
    .option("--end", "end the change and drop the backbone that is not in use")
    .option("--yes", "do not ask")
    .addHelpText("after", EXAMPLES)
    .action(reembed);
}

async function reembed(folder: string | undefined, flags: ReembedFlags): Promise<void> {
  const session = await openSession(flags);
  if (flags.end === true) return end(session, flags);
  const isAsked = [folder, flags.backbone, flags.fromOriginals].some((given) => given !== undefined);
  if (isAsked) return change(folder, session, flags);
  const found = await showChange(session.call);
  print(flags, found, () => describeChange(found));
}

async function end({ call, callOnce }: Session, flags: ReembedFlags): Promise<void> {
  const { second } = await showChange(call);
  if (second === null) throw new CommandError("There is one backbone alone: nothing is under way.");
  const kept = `${second.embedded} embeddings of ${second.name}, its versions, and ${second.left} labels that were left behind`;
  if (!(await confirm(`Delete ${kept}?`, flags.yes))) return;
  await endChange(callOnce);
  print(flags, { ended: second.name }, () => `Deleted: ${kept}.`);
}

/** The new backbone, as far as the deployment has to know it. */
interface NewBackbone {
  readonly id: string;
  readonly name: string;
  readonly dimension: number;
}

async function change(place: string | undefined, session: Session, flags: ReembedFlags): Promise<void> {
  const deployment = await requireDeployment(flags);
  const [client, send] = [createApiClient(deployment), createSender(deployment)];
  const reads = await client.whatItReads();
  const usesKept = place === undefined || flags.fromOriginals === true;
  if (usesKept) await requireKept(session.call, reads.kind);
  const finders = (own: (place: string) => FindSources, kept: FindSources) =>
    inTurn([...(place === undefined ? [] : [own(place)]), ...(usesKept ? [kept] : [])]);
  if (reads.kind === "texts") {
    const inPlace = flags.backbone === undefined ? await findPlacedTextBackbone(ACTIVE_TEXT_BACKBONE_DIR) : undefined;
    const changeTexts = async (placed: PlacedTextBackbone) => {
      const reader = await createNodeTextEmbedder(placed);
      const find = finders((list) => textsIn(list, reader, client), keptTexts(send, reader));
      await changeTo(identityOf(placed.manifest), find, "text", session, flags);
    };
    return inPlace === undefined ? withTextBackbone(flags.backbone, changeTexts) : changeTexts(inPlace);
  }
  const limits = { ...PHOTO_LIMITS, maxImageBytes: Math.min(PHOTO_LIMITS.maxImageBytes, reads.maxImageBytes) };
  await withBackbone(flags.backbone, async (placed) => {
    const [decode, resample] = [await createNodeDecoder(), await createNodeResample()];
    const reader = { embedder: createNodeEmbedder(placed), decode, limits, resample };
    const find = finders((folder) => photosIn(folder, reader), keptPhotos(send, reader));
    await changeTo(identityOf(placed.manifest), find, "photo", session, flags);
  });
}

function identityOf({ id, name, output }: { id: string; name: string; output: { dimension: number } }): NewBackbone {
  return { id, name, dimension: output.dimension };
}

async function changeTo(
  backbone: NewBackbone,
  find: FindSources,
  noun: "photo" | "text",
  session: Session,
  flags: ReembedFlags,
): Promise<void> {
  const { id, name } = backbone;
  const { call } = session;
  const isInUse = (await showChange(call)).inUse === id;
  if (!isInUse) await beginChange(call, backbone);
  const missing = await listMissing(call, id);
  const sources = await find(missing);
  const progress = createProgress(process.stderr.isTTY === true, noun, "Embedding");
  const { sent, refused } = await embedMissing(id, missing, sources, call, progress);
  const rest = await listMissing(call, id);
  const after = isInUse ? null : await compare(session, rest, flags);
  print(flags, { backbone: { id, name }, sent, refused, missing: rest, change: after }, () =>
    describeReport({ sent, refused, rest, after, noun }),
  );
  endWith(after === null && rest.length > 0 ? EXIT.partly : EXIT.ok);
}

/** Null while something is missing that nobody has named. */
async function compare({ callOnce }: Session, rest: readonly MissingSample[], { leave = [] }: ReembedFlags) {
  const isAll = leave.includes("all");
  if (!isAll && rest.some(({ photo }) => !leave.includes(photo))) return null;
  return trainSecond(callOnce, isAll ? "all" : leave);
}

interface ReembedReport extends EmbeddedMissing {
  readonly rest: readonly MissingSample[];
  readonly after: BackboneChange | null;
  readonly noun: "photo" | "text";
}

function describeReport({ sent, refused, rest, after, noun }: ReembedReport): string {
  return [
    `Embedded and sent: ${sent}.`,
    ...refused.map(({ file, reason }) => `Refused: ${file}: ${reason}`),
    ...(rest.length === 0 ? [] : [describeMissing(rest, noun)]),
    ...(rest.length > 0 && after === null
      ? [`Find these ${noun}s, or leave them behind: --leave <id> ..., or --leave all.`]
      : []),
    ...(after === null ? [] : [describeChange(after)]),
  ].join("\n");
}
