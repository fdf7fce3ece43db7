/** Problems of versions, and of the backbone that embeds for them. */
import { problemOf } from "../problem.ts";

const NONE_YET = "No version has been trained yet:";
const NEXT_RUN =
  "the next training run. It starts by itself within minutes; POST /v1/admin/training-runs starts it now.";
const countItems = (count: number) => (count === 1 ? "1 item" : `${count} items`);
const have = (items: number) => `${countItems(items)} ${items === 1 ? "has" : "have"}`;

type Items = { items: number; needed: number };
/** Why nothing answers yet: there are not enough items. */
export const tooFewItems = problemOf(
  "no_head",
  "too_few_items",
  ({ items, needed }: Items) =>
    `${NONE_YET} there ${items === 1 ? "is" : "are"} only ${countItems(items)}, and a version needs ${needed}. Add items and examples of them.`,
);
/** Why nothing answers yet: items lack examples. */
export const tooFewShownItems = problemOf(
  "no_head",
  "too_few_shown_items",
  ({ items, needed }: Items) =>
    `${NONE_YET} only ${have(items)} examples, and a version needs ${needed}. Add examples to the other items.`,
);
/** The same where texts are read: a description counts as well. */
export const tooFewKnownItems = problemOf(
  "no_head",
  "too_few_known_items",
  ({ items, needed }: Items) =>
    `${NONE_YET} only ${have(items)} examples or a description, and a version needs ${needed}. Add examples to the other items, or describe them.`,
);
/** Why nothing answers yet: descriptions alone wait for a run. */
export const descriptionsWait = problemOf(
  "no_head",
  "descriptions_wait",
  () => `${NONE_YET} the descriptions wait for ${NEXT_RUN}`,
);
/** Why nothing answers yet: labels wait for a run. */
export const labelsWait = problemOf(
  "no_head",
  "labels_wait",
  ({ labels }: { labels: number }) => `${NONE_YET} ${labels} labels wait for ${NEXT_RUN}`,
);
/** Only the live version's answers are explained. */
export const noneLive = problemOf(
  "no_head",
  "none_live",
  () => "No version is live, so there is no answer to explain.",
);

/** As the path names it, number or not. */
export const noSuchVersion = problemOf(
  "not_found",
  "no_such_version",
  ({ version }: { version: string | number }) => `There is no version ${version}. GET /v1/admin/heads lists them.`,
);
/** Its record stays, its weights are gone. */
export const versionPurged = problemOf(
  "head_purged",
  "version_purged",
  ({ version }: { version: number }) =>
    `The weights of version ${version} have been deleted: it was old, or it had seen examples that had to be forgotten. Use another version.`,
);
/** Its weights mean nothing for the embeddings of today. */
export const versionOfAnotherBackbone = problemOf(
  "backbone_mismatch",
  "version_of_another_backbone",
  ({ version }: { version: number }) => `Version ${version} was made for another backbone and cannot answer here.`,
);

/** The file would have no output. */
export const nothingToExport = problemOf(
  "no_head",
  "nothing_to_export",
  () => "All items of this version are archived, so a file of it could not answer anything.",
);
/** The map lies along what tells items apart. */
export const nothingToDraw = problemOf(
  "no_head",
  "nothing_to_draw",
  () => "There is nothing to draw: a map needs two items learned from examples.",
);
/** A file for ONNX Runtime needs the network itself. */
export const networkElsewhere = problemOf(
  "not_found",
  "network_elsewhere",
  () => "A model service reads for this deployment, so there is no network to download.",
);
/** `oldest` is the operator set that the added layers need. */
export const networkTooOld = problemOf(
  "not_found",
  "network_too_old",
  ({ oldest }: { oldest: number }) =>
    `The backbone's ONNX file uses an operator set before ${oldest}, to which no head can be added. Export the network again with 13 or later.`,
);

type Backbones = { stored: string; current: string };
/** Answers stop rather than be nonsense. Ids are cut to their beginning. */
export const liveOfAnotherBackbone = problemOf(
  "backbone_mismatch",
  "live_of_another_backbone",
  ({ stored, current }: Backbones) =>
    `The live version was trained on embeddings of backbone ${stored}, but this deployment runs ${current}. ` +
    "Put the old backbone back with `npm run backbone -- use`, and prepare the change with `headstart reembed`.",
);
/** Training stops rather than mix two spaces. */
export const labelsOfAnotherBackbone = problemOf(
  "backbone_mismatch",
  "labels_of_another_backbone",
  ({ stored, current }: Backbones) =>
    `The stored labels were embedded by backbone ${stored}, but this deployment runs ${current}: ` +
    "their embeddings do not mix. Put the old backbone back with `npm run backbone -- use`, and prepare the " +
    "change with `headstart reembed`; if it is prepared already, the next training run completes it.",
);

/** A change of the backbone carries labels over, and there are none. */
export const changeNeedsLabels = problemOf(
  "backbone_mismatch",
  "change_needs_labels",
  () => "Nothing is labelled yet, so there is nothing to embed again: put the other backbone in place and deploy.",
);
/** There are two slots, one in use and one to come. */
export const changeUnderWay = problemOf(
  "backbone_mismatch",
  "change_under_way",
  ({ name }: { name: string }) =>
    `There is already a second backbone, ${name}. Complete that change, or end it with \`headstart reembed --end\`.`,
);
/** It is the one in use already. */
export const sameBackbone = problemOf(
  "backbone_mismatch",
  "same_backbone",
  ({ name }: { name: string }) => `${name} is the backbone in use: there is nothing to change.`,
);
/** There is nothing to end or to complete. */
export const noSecondBackbone = problemOf(
  "not_found",
  "no_second_backbone",
  () => "There is no second backbone. `headstart reembed <folder> --backbone <name>` prepares one.",
);
/** To end the change now would drop the backbone that answers. */
export const answersByIt = problemOf(
  "backbone_mismatch",
  "answers_by_it",
  ({ name }: { name: string }) =>
    `This deployment runs ${name} while the labels still belong to the other backbone. Train to complete the change, or put the other backbone back first.`,
);
/** Completing the change would lose their labels. */
export const photosMissing = problemOf(
  "backbone_mismatch",
  "photos_missing",
  ({ missing }: { missing: number }) =>
    `${missing} examples have no embedding by the new backbone. Embed them too, or name those to leave behind.`,
);
/** Embeddings arrived from a command that was told another backbone. */
export const notOfThisBackbone = problemOf(
  "backbone_mismatch",
  "not_of_this_backbone",
  () => "These embeddings belong neither to the second backbone nor to the one in use. Start the change first.",
);

/** `fault` says in English what is wrong with its files, and what to do. */
export const backboneBroken = problemOf(
  "backbone_unavailable",
  "backbone_broken",
  ({ fault }: { fault: string }) => fault,
);
/** The network threw while it computed; the log has the cause. */
export const backboneFailed = problemOf(
  "backbone_unavailable",
  "backbone_failed",
  () => "The backbone failed. Try again in a moment.",
);
/** The tokeniser's file did not load. */
export const vocabularyMissing = problemOf(
  "backbone_unavailable",
  "vocabulary_missing",
  () => "The vocabulary could not be loaded. Try again in a moment.",
);
/** The backbone is a model service, and the Worker has no way to it. */
export const noServiceBinding = problemOf(
  "backbone_unavailable",
  "no_service_binding",
  () =>
    'This deployment has no binding to Workers AI. Give it one, `[env.text.ai]` with `binding = "AI"` in wrangler.toml, and deploy again.',
);
/** The model is not the one that the manifest describes. */
export const serviceOfAnotherLength = problemOf(
  "backbone_unavailable",
  "service_of_another_length",
  () =>
    "The model at Workers AI returns vectors of another length than its manifest says. Put the backbone in place again.",
);
/** What it sent is no list of vectors. */
export const serviceUnclear = problemOf(
  "backbone_unavailable",
  "service_unclear",
  () => "Workers AI answered in an unknown form. Try again.",
);
/** It asks for patience. */
export const serviceFull = problemOf(
  "overloaded",
  "service_full",
  () => "Workers AI has no room at the moment. Try again in a few seconds.",
);
/** Waiting longer would only hold the guest's request. */
export const serviceTooLate = problemOf(
  "backbone_unavailable",
  "service_too_late",
  () => "Workers AI did not answer in time. Try again in a moment.",
);
/** The allowance of a day, of the whole account. */
export const serviceSpent = problemOf(
  "backbone_unavailable",
  "service_spent",
  () =>
    "The account has used up its free Workers AI calls for today. More come at midnight UTC, or with the Workers Paid plan.",
);
const SEE_OPERATIONS = 'Try again; "Workers AI" in docs/operations.md says what it means.';
/** For a reason that it keeps to itself. */
export const serviceRefused = problemOf(
  "backbone_unavailable",
  "service_refused",
  () => `Workers AI refused the request and gave no error number. ${SEE_OPERATIONS}`,
);
/** Cloudflare's own number for the reason. */
export const serviceRefusedWithNumber = problemOf(
  "backbone_unavailable",
  "service_refused_with_number",
  ({ number }: { number: string }) => `Workers AI refused the request with error ${number}. ${SEE_OPERATIONS}`,
);
