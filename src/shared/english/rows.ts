/** Why a row of an import was refused, kept as it is here, or left out. Each goes on after the row's line. */
import { sentenceOf } from "../sentence.ts";

export const namesUnknownItem = sentenceOf("names_unknown_item", () => "it names an item that is not here");
export const hasAnotherState = sentenceOf("has_another_state", () => "it has another state here");
export const isNamedOtherwise = sentenceOf(
  "is_named_otherwise",
  ({ name }: { name: string }) => `it is named "${name}" here, or described otherwise`,
);
export const wasDeletedThere = sentenceOf("was_deleted_there", () => "it was deleted there");
export const nameIsOfAnother = sentenceOf(
  "name_is_of_another",
  ({ id }: { id: string }) => `the item "${id}" has this name; rename one of them`,
);
export const liveIsMissing = sentenceOf(
  "live_is_missing",
  ({ version }: { version: number }) => `version ${version}, which was live, is not here with its weights`,
);
export const isNotMerged = sentenceOf("is_not_merged", () => "it belongs to the deployment that made it");
export const isForgottenHere = sentenceOf(
  "is_forgotten_here",
  ({ theirs }: { theirs: string }) => `it is forgotten here and ${theirs} there`,
);
export const isLabelledOtherwise = sentenceOf(
  "is_labelled_otherwise",
  ({ ours, theirs }: { ours: string; theirs: string }) => `it is ${ours} here and ${theirs} there`,
);
export const photoIsForgotten = sentenceOf("photo_is_forgotten", () => "its example is forgotten here");
export const wasForgottenThere = sentenceOf("was_forgotten_there", () => "it was forgotten there");
export const itemIsMissing = sentenceOf("item_is_missing", ({ id }: { id: string }) => `there is no item "${id}" here`);
export const picturesAreNotKept = sentenceOf("pictures_are_not_kept", () => "no copies are kept here");
export const exampleIsMissing = sentenceOf("example_is_missing", () => "its example is not here");
export const rowIsNoJson = sentenceOf("row_is_no_json", () => "is not one line of JSON that a row can hold");
export const rowIsOfNoKind = sentenceOf("row_is_of_no_kind", () => "is of no known kind");
/** `faults` is English; `fields` names those that are wrong, and is empty where it is the row itself. */
export const rowIsMisfilled = sentenceOf(
  "row_is_misfilled",
  ({ faults }: { faults: string; fields: string }) => faults,
);
