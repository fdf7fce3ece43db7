/** Problems of versions, and of the backbone that embeds for them. */
import { problemOf } from "../problem.ts";

const NONE_YET = "No version has been trained yet:";
const NEXT_RUN = "the next training run. It starts by itself within minutes, or now with POST /v1/admin/training-runs.";
const countItems = (count: number) => (count === 1 ? "1 item" : `${count} items`);

type Items = { items: number; needed: number };
export const tooFewItems = problemOf(
  "no_head",
  "too_few_items",
  ({ items, needed }: Items) =>
    `${NONE_YET} the menu has ${countItems(items)}, ${needed} are needed. Add menu items and examples of them.`,
);
export const tooFewShownItems = problemOf(
  "no_head",
  "too_few_shown_items",
  ({ items, needed }: Items) =>
    `${NONE_YET} ${countItems(items)} with examples, ${needed} are needed. Add examples to the other items.`,
);
export const tooFewKnownItems = problemOf(
  "no_head",
  "too_few_known_items",
  ({ items, needed }: Items) =>
    `${NONE_YET} ${countItems(items)} with examples or a description, ${needed} are needed. Add examples to the other items, or describe them.`,
);
export const descriptionsWait = problemOf(
  "no_head",
  "descriptions_wait",
  () => `${NONE_YET} the descriptions wait for ${NEXT_RUN}`,
);
export const labelsWait = problemOf(
  "no_head",
  "labels_wait",
  ({ labels }: { labels: number }) => `${NONE_YET} ${labels} labels wait for ${NEXT_RUN}`,
);
export const noneLive = problemOf(
  "no_head",
  "none_live",
  () => "No version is live, so there is no answer to explain.",
);

export const noSuchVersion = problemOf(
  "not_found",
  "no_such_version",
  ({ version }: { version: string | number }) => `There is no version ${version}. GET /v1/admin/heads lists them.`,
);
export const versionPurged = problemOf(
  "head_purged",
  "version_purged",
  ({ version }: { version: number }) =>
    `The weights of version ${version} have been deleted: it was old, or it had seen examples that were to be forgotten. Use another version.`,
);
export const versionOfAnotherBackbone = problemOf(
  "backbone_mismatch",
  "version_of_another_backbone",
  ({ version }: { version: number }) => `Version ${version} was made for another backbone and cannot answer here.`,
);

export const nothingToExport = problemOf(
  "no_head",
  "nothing_to_export",
  () => "Everything that this version knows has been archived: there is nothing that a file of it could answer.",
);
export const nothingToDraw = problemOf(
  "no_head",
  "nothing_to_draw",
  () => "There is nothing to draw: a map needs two items that have been learned from examples.",
);
export const networkElsewhere = problemOf(
  "not_found",
  "network_elsewhere",
  () => "A model service reads for this deployment, so there is no network that could be handed out.",
);
export const networkTooOld = problemOf(
  "not_found",
  "network_too_old",
  ({ oldest }: { oldest: number }) =>
    `The backbone's ONNX file uses an operator set before ${oldest}, behind which no head can be put. Export the network anew with 13 or later.`,
);

type Backbones = { stored: string; current: string };
export const liveOfAnotherBackbone = problemOf(
  "backbone_mismatch",
  "live_of_another_backbone",
  ({ stored, current }: Backbones) =>
    `The live version was trained on embeddings of backbone ${stored}, this deployment runs ${current}. ` +
    "Put the old backbone back with `npm run backbone -- use`, and prepare the change with `headstart reembed`.",
);
export const labelsOfAnotherBackbone = problemOf(
  "backbone_mismatch",
  "labels_of_another_backbone",
  ({ stored, current }: Backbones) =>
    `The stored labels were embedded by backbone ${stored}, this deployment runs ${current}: ` +
    "their embeddings cannot be mixed. Put the old backbone back with `npm run backbone -- use`, and prepare the " +
    "change with `headstart reembed`; where that is done, the next training run completes it.",
);

export const changeNeedsLabels = problemOf(
  "backbone_mismatch",
  "change_needs_labels",
  () => "Nothing is labelled yet, so there is nothing to embed anew: put the other backbone in place and deploy.",
);
export const changeUnderWay = problemOf(
  "backbone_mismatch",
  "change_under_way",
  ({ name }: { name: string }) =>
    `There is a second backbone already, ${name}. Complete that change, or end it with \`headstart reembed --end\`.`,
);
export const sameBackbone = problemOf(
  "backbone_mismatch",
  "same_backbone",
  ({ name }: { name: string }) => `${name} is the backbone in use: there is nothing to change.`,
);
export const noSecondBackbone = problemOf(
  "not_found",
  "no_second_backbone",
  () => "There is no second backbone. `headstart reembed <folder> --backbone <name>` prepares one.",
);
export const answersByIt = problemOf(
  "backbone_mismatch",
  "answers_by_it",
  ({ name }: { name: string }) =>
    `This deployment runs ${name} while the labels are still the other backbone's. Train to complete the change, or put the other backbone back first.`,
);
export const photosMissing = problemOf(
  "backbone_mismatch",
  "photos_missing",
  ({ missing }: { missing: number }) =>
    `${missing} examples have no embedding of the new backbone. Find their photos, or leave them behind by name.`,
);
export const notOfThisBackbone = problemOf(
  "backbone_mismatch",
  "not_of_this_backbone",
  () => "These embeddings belong neither to the second backbone nor to the one in use. Begin the change first.",
);

export const backboneBroken = problemOf(
  "backbone_unavailable",
  "backbone_broken",
  ({ fault }: { fault: string }) => fault,
);
export const backboneFailed = problemOf(
  "backbone_unavailable",
  "backbone_failed",
  () => "The backbone could not be run. Try again in a moment.",
);
export const vocabularyMissing = problemOf(
  "backbone_unavailable",
  "vocabulary_missing",
  () => "The vocabulary could not be loaded. Try again in a moment.",
);
export const noServiceBinding = problemOf(
  "backbone_unavailable",
  "no_service_binding",
  () =>
    'This deployment has no binding to Workers AI. Give it one, `[env.text.ai]` with `binding = "AI"` in wrangler.toml, and deploy again.',
);
export const serviceOfAnotherLength = problemOf(
  "backbone_unavailable",
  "service_of_another_length",
  () =>
    "The model at Workers AI gives vectors of another length than its manifest says. Put the backbone in place anew.",
);
export const serviceUnclear = problemOf(
  "backbone_unavailable",
  "service_unclear",
  () => "Workers AI answered in a form that is not known here. Try again.",
);
export const serviceFull = problemOf(
  "overloaded",
  "service_full",
  () => "Workers AI has no room at the moment. Try again in a few seconds.",
);
export const serviceTooLate = problemOf(
  "backbone_unavailable",
  "service_too_late",
  () => "Workers AI did not answer in time. Try again in a moment.",
);
export const serviceSpent = problemOf(
  "backbone_unavailable",
  "service_spent",
  () =>
    "The account's free use of Workers AI is spent for today. It begins anew at midnight UTC, or with the Workers Paid plan.",
);
const SEE_OPERATIONS = 'Try again; "Workers AI" in docs/operations.md says what it means.';
export const serviceRefused = problemOf(
  "backbone_unavailable",
  "service_refused",
  () => `Workers AI refused the request without a number. ${SEE_OPERATIONS}`,
);
export const serviceRefusedWithNumber = problemOf(
  "backbone_unavailable",
  "service_refused_with_number",
  ({ number }: { number: string }) => `Workers AI refused the request with error ${number}. ${SEE_OPERATIONS}`,
);
