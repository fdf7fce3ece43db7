/** What is done rarely to an item: looking through its photos, merging, deleting. In English. */
import { count, words } from "./words.ts";

const countPhotos = (photos: number) => count(photos, { one: "photo", other: "photos" });
const allPhotos = (photos: number) => (photos === 1 ? "Its 1 photo" : `All ${countPhotos(photos)}`);

export const itemTools = {
  /** The buttons: what they read, and what they are called. */
  tools: {
    photos: { title: "Photos", name: (item: string) => `Photos: ${item}` },
    merge: { title: "Merge", name: (item: string) => `Merge: ${item}` },
    delete: { title: "Delete", name: (item: string) => `Delete: ${item}` },
  },
  merge: {
    into: "Merge into",
    alone: "There is no other item on the menu to merge it into.",
    /** Said before it is done; `photos` are those of the item that leaves. */
    meaning: (photos: number, from: string, into: string) => {
      const moved =
        photos === 0
          ? `Corrections that wait for ${from} will be about ${into}.`
          : `${allPhotos(photos)} of ${from} will count as ${into}, and corrections that wait for ${from} will be about ${into}.`;
      return `${moved} ${from} leaves the menu. This cannot be undone in one step.`;
    },
    submit: (into: string) => `Merge into ${into}`,
    done: (from: string, into: string) => `${from} is part of ${into} now. Train to let the live version know.`,
  },
  delete: {
    /** Said before it is done. */
    meaning: (photos: number, name: string) => {
      const forgotten = photos === 0 ? "It has no photos." : `${allPhotos(photos)} will be forgotten.`;
      return `${name} and the corrections that wait for it will be deleted for good. ${forgotten} The next training makes a version that has never seen it; the older ones go. There is no way back.`;
    },
    confirm: (name: string) => `Type “${name}” to confirm`,
    otherName: (name: string) => `That is not “${name}”. Nothing was deleted.`,
    submit: "Delete for good",
    done: (photos: number, name: string, corrections: number) => {
      const reviews = corrections > 0 ? ` and ${count(corrections, { one: "correction", other: "corrections" })}` : "";
      return `${name} is gone, with ${countPhotos(photos)}${reviews}. Train to make a version that has never seen it.`;
    },
  },
  photos: {
    list: (name: string) => `Photos of ${name}`,
    empty: "It has no photos yet.",
    note: "Where no picture is kept, a photo goes by its fingerprint.",
    more: "More photos",
    setAside: "For testing",
    setPhotoAside: (photo: string) => `For testing only: ${photo}`,
    isAside: (photo: string) => `${photo} is set aside: versions are tested on it and no longer learn from it.`,
    isBack: (photo: string) => `${photo} teaches again from the next training on.`,
    setItemAside: "Set a fifth aside for testing",
    setAsideDone: (photos: number) =>
      photos === 0
        ? "Nothing more to set aside: a fifth is, or there are fewer than five."
        : `Set aside: ${photos}. The next training makes a version without them.`,
    giveItemBack: "Give them back",
    givenBack: (photos: number) =>
      photos === 0 ? "Nothing of it was set aside." : `Given back: ${photos}. The next training learns them again.`,
    forget: "Forget",
    forgetPhoto: (photo: string) => `Forget ${photo}`,
    forgotten: (photo: string) => `${photo} is forgotten. The next training unlearns it.`,
    move: "Move",
    movePhoto: (photo: string) => `Move ${photo}`,
    moveTo: (photo: string) => `Move ${photo} to`,
    moved: (photo: string, item: string) => `${photo} counts as ${item} from the next training on.`,
  },
};

/** What is said of one labelled photo wherever it is listed. */
export const samples = {
  picture: "What this photo shows",
  /** Where a labelled photo came from, by the API's word for it. */
  sources: { admin: "from staff", import: "imported", guest: "from a guest" },
  learned: "learned",
  notLearned: "not learned yet",
  confirmed: "confirmed",
  aside: "set aside for testing",
  notYetAside: "set aside from the next training on",
  /** What is doubted, and how much: each item with its probability. */
  doubt: (suggested: string, itsScore: number, given: string, givenScore: number) =>
    `The other photos speak for ${suggested} (${words.formatScore(itsScore)}), hardly for ${given} (${words.formatScore(givenScore)}).`,
};
