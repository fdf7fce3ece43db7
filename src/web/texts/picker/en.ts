/** The list of items to choose from, which guests and staff both have, in English. */

export const picker = {
  title: "Which one is it?",
  list: "Items on the menu",
  find: "Find an item",
  narrow: "Type to narrow down",
  none: "Nothing on the menu goes by that name.",
  back: "Back",
  somethingElse: "Something else",
};

/** The keys that every language has. */
export type PickerTexts = typeof picker;
