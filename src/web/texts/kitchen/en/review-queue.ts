/** The queue of corrections: its bar, its cards, its keys, and what is said of a decision. In English. */
import { count, words } from "./words.ts";

const countPictures = (pictures: number) => count(pictures, { one: "picture", other: "pictures" });

export const reviewQueue = {
  /** Said after a decision, behind the words for it. */
  left: (cards: number) => (cards === 0 ? "Nothing is left." : `${cards} left.`),
  undo: {
    button: (done: string) => `Undo: ${done}`,
    nothing: "There is nothing to undo.",
    done: (done: string) => `Taken back: ${done}.`,
  },
  keys: {
    start: "With the focus on a card:",
    space: "Space",
    move: "next, previous",
    accept: "accept",
    relabel: "it is something else",
    none: "not on the menu",
    reject: "reject",
    select: "select",
    undo: "undo",
  },
  bar: {
    selectAll: "Select all",
    /** Where more wait than show. */
    selectShown: (cards: number) => `Select these ${cards}`,
    selected: (cards: number, disputed: number) => {
      const selected = `${words.formatCount(cards)} selected`;
      return disputed === 0 ? selected : `${selected}, ${disputed} with a disagreement`;
    },
    group: "All selected",
    accept: "Accept all",
    reject: "Reject all",
    relabel: "All are …",
    clear: "Clear",
  },
  /** What was done, without the full stop: the way back is named after it. */
  bulk: {
    accepted: (pictures: number) => `Accepted: ${countPictures(pictures)}`,
    acceptedAs: (name: string, pictures: number) => `Accepted as ${name}: ${countPictures(pictures)}`,
    rejected: (pictures: number) => `Rejected: ${countPictures(pictures)}`,
    stay: (pictures: number) => `${countPictures(pictures)} with a disagreement ${pictures === 1 ? "stays" : "stay"}.`,
  },
  card: {
    select: (what: string) => `Select: ${what}`,
    accept: "Accept",
    acceptAs: (name: string) => `Accept: it is ${name}`,
    reject: "Reject",
    /** `names`: one, or several with `or` between them. */
    rejectIt: (names: string) => `Reject: it is not ${names}`,
    relabel: "It is …",
    relabelIt: "It is something else",
    acceptedAs: (name: string) => `Accepted as ${name}`,
    fromNextTraining: "It counts from the next training on.",
    rejected: "Rejected",
    noPicture: "No picture sent",
    picture: "What the guest photographed",
  },
  marks: {
    conflict: "Disagreement",
    suspect: "Perhaps a mistake",
    alike: (photos: number) => `${photos} alike`,
  },
  says: {
    guests: (guests: number) => (guests === 1 ? "A guest says" : `${words.formatCount(guests)} guests say`),
    disagree: "Guests disagree",
    /** `others`: one name, or several with commas. */
    or: (others: string, last: string) => `${others} or ${last}`,
    which: (names: string) => `${names}?`,
  },
  reasons: {
    taught: (names: string) => `You taught me ${names}.`,
    same: "I had thought so too.",
    had: (name: string) => `I had thought ${name}.`,
    thinks: (name: string) => `I think ${name}.`,
    unsure: "I’m not sure at all.",
    device: "Worked out on the guest’s device: I can’t check it.",
  },
};
