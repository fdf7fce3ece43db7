/** Problems of versions, and of the backbone that embeds for them. */
import { problemOf } from "../problem.ts";

const NONE_YET = "No version has been trained yet:";
const NEXT_RUN =
  "the next training run. It starts by itself within minutes; POST /v1/admin/training-runs starts it now.";
const countItems = (count: number) => (count === 1 ? "1 item" : `${count} items`);
const have = (items: number) => `${countItems(items)} ${items === 1 ? "has" : "have"}`;

type Items = { items: number; needed: number };
export const tooFewItems = problemOf(
  "no_head",
  "too_few_items",
  ({ items, needed }: Items) =>
    `${NONE_YET} there ${items === 1 ? "is" : "are"} only ${countItems(items)}, and a version needs ${needed}. Add items and examples of them.`,
);
export const tooFewShownItems = problemOf(
  "no_head",
  "too_few_shown_items",
  ({ items, needed }: Items) =>
    `${NONE_YET} only ${have(items)} examples, and a version needs ${needed}. Add examples to the other items.`,
);
export const tooFewKnownItems = problemOf(
  "no_head",
  "too_few_known_items",
  ({ items, needed }: Items) =>
    `${NONE_YET} only ${have(items)} examples or a description, and a version needs ${needed}. Add examples to the other items, or describe them.`,
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
    `The weights of version ${version} have been deleted: it was old, or it had seen examples that had to be forgotten. Use another version.`,
);
export const versionOfAnotherBackbone = problemOf(
  "backbone_mismatch",
  "version_of_another_backbone",
  ({ version }: { version: number }) => `Version ${version} was made for another backbone and cannot answer here.`,
);

export const nothingToExport = problemOf(
  "no_head",
  "nothing_to_export",
  () => "All items of this version are archived, so a file of it could not answer anything.",
);
export const nothingToDraw = problemOf(
  "no_head",
  "nothing_to_draw",
  () => "There is nothing to draw: a map needs two items learned from examples.",
);
export const networkElsewhere = problemOf(
  "not_found",
  "network_elsewhere",
  () => "A model service reads for this deployment, so there is no network to download.",
);
export const networkTooOld = problemOf(
  "not_found",
  "network_too_old",
  ({ oldest }: { oldest: number }) =>
    `The backbone's ONNX file uses an operator set before ${oldest}, to which no head can be added. Export the network again with 13 or later.`,
);

type Backbones = { stored: string; current: string };
export const liveOfAnotherBackbone = problemOf(
  "backbone_mismatch",
  "live_of_another_backbone",
  ({ stored, current }: Backbones) =>
    `The live version was trained on embeddings of backbone ${stored}, but this deployment runs ${current}. ` +
    "Put the old backbone back with `npm run backbone -- use`, and prepare the change with `headstart reembed`.",
);
export const labelsOfAnotherBackbone = problemOf(
  "backbone_mismatch",
  "labels_of_another_backbone",
  ({ stored, current }: Backbones) =>
    `The stored labels were embedded by backbone ${stored}, but this deployment runs ${current}: ` +
    "their embeddings do not mix. Put the old backbone back with `npm run backbone -- use`, and prepare the " +
    "change with `headstart reembed`; if it is prepared already, the next training run completes it.",
);

export const changeNeedsLabels = problemOf(
  "backbone_mismatch",
  "change_needs_labels",
  () => "Nothing is labelled yet, so there is nothing to embed again: put the other backbone in place and deploy.",
);
export const changeUnderWay = problemOf(
  "backbone_mismatch",
  "change_under_way",
  ({ name }: { name: string }) =>
    `There is already a second backbone, ${name}. Complete that change, or end it with \`headstart reembed --end\`.`,
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
    `This deployment runs ${name} while the labels still belong to the other backbone. Train to complete the change, or put the other backbone back first.`,
);
export const photosMissing = problemOf(
  "backbone_mismatch",
  "photos_missing",
  ({ missing }: { missing: number }) =>
    `${missing} examples have no embedding by the new backbone. Embed them too, or name those to leave behind.`,
);
export const notOfThisBackbone = problemOf(
  "backbone_mismatch",
  "not_of_this_backbone",
  () => "These embeddings belong neither to the second backbone nor to the one in use. Start the change first.",
);

export const backboneBroken = problemOf(
  "backbone_unavailable",
  "backbone_broken",
  ({ fault }: { fault: string }) => fault,
);
export const backboneFailed = problemOf(
  "backbone_unavailable",
  "backbone_failed",
  () => "The backbone failed. Try again in a moment.",
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
    "The model at Workers AI returns vectors of another length than its manifest says. Put the backbone in place again.",
);
export const serviceUnclear = problemOf(
  "backbone_unavailable",
  "service_unclear",
  () => "Workers AI answered in an unknown form. Try again.",
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
    "The account has used up its free Workers AI calls for today. More come at midnight UTC, or with the Workers Paid plan.",
);
const SEE_OPERATIONS = 'Try again; "Workers AI" in docs/operations.md says what it means.';
export const serviceRefused = problemOf(
  "backbone_unavailable",
  "service_refused",
  () => `Workers AI refused the request and gave no error number. ${SEE_OPERATIONS}`,
);
export const serviceRefusedWithNumber = problemOf(
  "backbone_unavailable",
  "service_refused_with_number",
  ({ number }: { number: string }) => `Workers AI refused the request with error ${number}. ${SEE_OPERATIONS}`,
);
