/** Why a row of an import was refused, kept as it is here, or left out. Each goes on after the row's line. */
import { sentenceOf } from "../sentence.ts";

/** Of a merge. */
export const namesUnknownItem = sentenceOf("names_unknown_item", () => "it names an item that is not here");
/** Of a merge: here the item is still on the menu, or was merged into a third one. */
export const hasAnotherState = sentenceOf("has_another_state", () => "it has another state here");
/** Of an item that both sides have. */
export const isNamedOtherwise = sentenceOf(
  "is_named_otherwise",
  ({ name }: { name: string }) => `it is named "${name}" here, or described otherwise`,
);
/** Of an item. A merge deletes nothing here. */
export const wasDeletedThere = sentenceOf("was_deleted_there", () => "it was deleted there");
/** Two active items cannot share a name. */
export const nameIsOfAnother = sentenceOf(
  "name_is_of_another",
  ({ id }: { id: string }) => `the item "${id}" has this name; rename one of them`,
);
/** Of the choice of the live version. */
export const liveIsMissing = sentenceOf(
  "live_is_missing",
  ({ version }: { version: number }) => `version ${version}, which was live, is not here with its weights`,
);
/** Of what a merge does not take, such as the choice of the live version. */
export const isNotMerged = sentenceOf("is_not_merged", () => "it belongs to the deployment that made it");
/** Of an example; `theirs` is its item. */
export const isForgottenHere = sentenceOf(
  "is_forgotten_here",
  ({ theirs }: { theirs: string }) => `it is forgotten here and ${theirs} there`,
);
/** Of an example that both sides have; `ours` and `theirs` are items. */
export const isLabelledOtherwise = sentenceOf(
  "is_labelled_otherwise",
  ({ ours, theirs }: { ours: string; theirs: string }) => `it is ${ours} here and ${theirs} there`,
);
/** Of a correction. */
export const photoIsForgotten = sentenceOf("photo_is_forgotten", () => "its example is forgotten here");
/** Of an example. A merge forgets nothing here. */
export const wasForgottenThere = sentenceOf("was_forgotten_there", () => "it was forgotten there");
/** Of an example or a correction. */
export const itemIsMissing = sentenceOf("item_is_missing", ({ id }: { id: string }) => `there is no item "${id}" here`);
/** Of a picture, where the operator keeps none. */
export const picturesAreNotKept = sentenceOf("pictures_are_not_kept", () => "no copies are kept here");
/** Of a picture. */
export const exampleIsMissing = sentenceOf("example_is_missing", () => "its example is not here");
/** Goes on after the number of the line. */
export const rowIsNoJson = sentenceOf("row_is_no_json", () => "is not one line of JSON that a row can hold");
/** A newer version may have kinds that this one does not know. */
export const rowIsOfNoKind = sentenceOf("row_is_of_no_kind", () => "is of no known kind");
/** `faults` is English; `fields` names those that are wrong, and is empty where it is the row itself. */
export const rowIsMisfilled = sentenceOf(
  "row_is_misfilled",
  ({ faults }: { faults: string; fields: string }) => faults,
);
