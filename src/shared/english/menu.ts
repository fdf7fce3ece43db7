/** Problems of items and places. */
import { problemOf } from "../problem.ts";

type Item = { item: string };

/** Names and aliases are one space: a guest says either. */
export const nameTaken = problemOf(
  "class_exists",
  "name_taken",
  ({ name }: { name: string }) => `An item already goes by "${name}" or one of the aliases.`,
);
/** An id that somebody chose. One that is made of the name steps aside by itself. */
export const idTaken = problemOf(
  "class_exists",
  "id_taken",
  ({ id }: { id: string }) => `An item already has the id "${id}". Leave the id out, or choose another one.`,
);
/** A second item of this name would divide the examples among the two. */
export const nameArchived = problemOf(
  "class_exists",
  "name_archived",
  ({ name, id }: { name: string; id: string }) =>
    `The archived item "${id}" is called "${name}". Restore it, or give the new item another name.`,
);
/** A label names an item by id, name or alias. */
export const noSuchLabel = problemOf(
  "unknown_class",
  "no_such_label",
  ({ item }: Item) => `There is no item "${item}". GET /v1/menu lists them; an admin can add one.`,
);
/** A path names an item by its id. */
export const noSuchItem = problemOf("not_found", "no_such_item", ({ item }: Item) => `There is no item "${item}".`);
/** The item went while the correction waited. */
export const noSuchItemOfCorrection = problemOf(
  "unknown_class",
  "no_such_item_of_correction",
  ({ item }: Item) => `There is no item "${item}".`,
);
/** "Not on the menu" can be given like an item, but is none. */
export const noneIsNoItem = problemOf(
  "not_found",
  "none_is_no_item",
  ({ id }: { id: string }) => `"${id}" is a label, not an item: it cannot be changed, merged or deleted.`,
);
/** A label names an item that is part of another one now. */
export const itemMerged = problemOf(
  "class_archived",
  "item_merged",
  ({ item, into }: Item & { into: string }) => `The item "${item}" was merged into "${into}". Use that one.`,
);
/** Two merges of the same item: the first has counted. */
export const itemMergedBefore = problemOf(
  "class_archived",
  "item_merged_before",
  ({ item, into }: Item & { into: string }) => `The item "${item}" has already been merged into "${into}".`,
);
/** A merged item cannot come back: its examples belong to the other one. */
export const mergedItemIsEmpty = problemOf(
  "class_archived",
  "merged_item_is_empty",
  ({ item, into }: Item & { into: string }) =>
    `"${item}" was merged into "${into}" and has no examples of its own. Add a new item instead.`,
);
/** Found before anything is written. */
export const itemArchived = problemOf(
  "class_archived",
  "item_archived",
  ({ item }: Item) => `The item "${item}" is archived. Restore it first, or choose another one.`,
);
/** The item left the menu while the correction waited. */
export const itemOfCorrectionArchived = problemOf(
  "class_archived",
  "item_of_correction_archived",
  ({ item }: Item) => `The item "${item}" is archived. Restore it first, or reject this.`,
);
/** The item was off when the label was written, and is back when somebody asks why. */
export const itemOffForAMoment = problemOf(
  "class_archived",
  "item_off_for_a_moment",
  ({ item }: Item) => `The item "${item}" was switched off for a moment. Send this again.`,
);
/** Its examples would have nowhere to go. */
export const mergedIntoItself = problemOf(
  "bad_request",
  "merged_into_itself",
  () => "into: an item cannot be merged into itself.",
);
/** The closer look compares two items of one version. */
export const itemNotLearnt = problemOf(
  "unknown_class",
  "item_not_learnt",
  ({ version, item }: Item & { version: number }) =>
    `Version ${version} has not learned "${item}" or may not answer with it.`,
);

/** A new order of the menu names an item that is not on it. */
export const orderNamesUnknown = problemOf(
  "unknown_class",
  "order_names_unknown",
  ({ item }: Item) => `ids: "${item}" is not an active item.`,
);
/** A new order of the menu gives one item two places. */
export const orderNamesTwice = problemOf(
  "bad_request",
  "order_names_twice",
  ({ item }: Item) => `ids: "${item}" appears twice.`,
);
/** A new order has to name all items, or those left out would have no place. */
export const orderLacksItems = problemOf(
  "bad_request",
  "order_lacks_items",
  ({ count, item }: Item & { count: number }) => `ids: ${count} active items are missing, "${item}" among them.`,
);

/** Staff choose the id of a place. */
export const placeExists = problemOf(
  "place_exists",
  "place_exists",
  ({ place }: { place: string }) => `There is already a place with the id "${place}".`,
);
/** Two places of one name could not be told apart. */
export const nameOfPlaceTaken = problemOf(
  "place_exists",
  "place_name_taken",
  ({ place, name }: { place: string; name: string }) =>
    `The place "${place}" is already called "${name}". Give this one another name.`,
);
/** Guests never meet this: staff make places. */
export const tooManyPlaces = problemOf(
  "too_many_places",
  "too_many_places",
  ({ limit }: { limit: number }) =>
    `There are already ${limit} places, the most there may be. Delete one that nobody uses any more.`,
);
/** A question names a place by its id. */
export const noSuchPlace = problemOf(
  "not_found",
  "no_such_place",
  ({ place }: { place: string }) =>
    `There is no place "${place}". Staff make places (GET /v1/admin/places lists them); leave \`place\` out for an answer without one.`,
);
