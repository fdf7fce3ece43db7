/** Problems of items and places. */
import { problemOf } from "../problem.ts";

type Item = { item: string };

export const nameTaken = problemOf(
  "class_exists",
  "name_taken",
  ({ name }: { name: string }) => `An item already goes by "${name}" or one of the aliases.`,
);
export const idTaken = problemOf(
  "class_exists",
  "id_taken",
  ({ id }: { id: string }) => `An item already has the id "${id}". Leave the id out, or choose another one.`,
);
export const nameArchived = problemOf(
  "class_exists",
  "name_archived",
  ({ name, id }: { name: string; id: string }) =>
    `The archived item "${id}" is called "${name}". Restore it, or give the new item another name.`,
);
export const noSuchLabel = problemOf(
  "unknown_class",
  "no_such_label",
  ({ item }: Item) => `There is no item "${item}". GET /v1/menu lists them; an admin can add one.`,
);
export const noSuchItem = problemOf("not_found", "no_such_item", ({ item }: Item) => `There is no item "${item}".`);
export const noSuchItemOfCorrection = problemOf(
  "unknown_class",
  "no_such_item_of_correction",
  ({ item }: Item) => `There is no item "${item}".`,
);
export const noneIsNoItem = problemOf(
  "not_found",
  "none_is_no_item",
  ({ id }: { id: string }) => `"${id}" is a label, not an item: it cannot be changed, merged or deleted.`,
);
export const itemMerged = problemOf(
  "class_archived",
  "item_merged",
  ({ item, into }: Item & { into: string }) => `The item "${item}" was merged into "${into}". Use that one.`,
);
export const itemMergedBefore = problemOf(
  "class_archived",
  "item_merged_before",
  ({ item, into }: Item & { into: string }) => `The item "${item}" has already been merged into "${into}".`,
);
export const mergedItemIsEmpty = problemOf(
  "class_archived",
  "merged_item_is_empty",
  ({ item, into }: Item & { into: string }) =>
    `"${item}" was merged into "${into}" and has no examples of its own. Add a new item instead.`,
);
export const itemArchived = problemOf(
  "class_archived",
  "item_archived",
  ({ item }: Item) => `The item "${item}" is archived. Restore it first, or choose another one.`,
);
export const itemOfCorrectionArchived = problemOf(
  "class_archived",
  "item_of_correction_archived",
  ({ item }: Item) => `The item "${item}" is archived. Restore it first, or reject this.`,
);
export const itemOffForAMoment = problemOf(
  "class_archived",
  "item_off_for_a_moment",
  ({ item }: Item) => `The item "${item}" was switched off for a moment. Send this again.`,
);
export const mergedIntoItself = problemOf(
  "bad_request",
  "merged_into_itself",
  () => "into: an item cannot be merged into itself.",
);
export const itemNotLearnt = problemOf(
  "unknown_class",
  "item_not_learnt",
  ({ version, item }: Item & { version: number }) =>
    `Version ${version} has not learned "${item}" or may not answer with it.`,
);

export const orderNamesUnknown = problemOf(
  "unknown_class",
  "order_names_unknown",
  ({ item }: Item) => `ids: "${item}" is not an active item.`,
);
export const orderNamesTwice = problemOf(
  "bad_request",
  "order_names_twice",
  ({ item }: Item) => `ids: "${item}" appears twice.`,
);
export const orderLacksItems = problemOf(
  "bad_request",
  "order_lacks_items",
  ({ count, item }: Item & { count: number }) => `ids: ${count} active items are missing, "${item}" among them.`,
);

export const placeExists = problemOf(
  "place_exists",
  "place_exists",
  ({ place }: { place: string }) => `There is already a place with the id "${place}".`,
);
export const nameOfPlaceTaken = problemOf(
  "place_exists",
  "place_name_taken",
  ({ place, name }: { place: string; name: string }) =>
    `The place "${place}" is already called "${name}". Give this one another name.`,
);
export const tooManyPlaces = problemOf(
  "too_many_places",
  "too_many_places",
  ({ limit }: { limit: number }) =>
    `There are already ${limit} places, the most there may be. Delete one that nobody uses any more.`,
);
export const noSuchPlace = problemOf(
  "not_found",
  "no_such_place",
  ({ place }: { place: string }) =>
    `There is no place "${place}". Staff make places (GET /v1/admin/places lists them); leave \`place\` out for an answer without one.`,
);
