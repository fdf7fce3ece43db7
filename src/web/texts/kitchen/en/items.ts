/** The menu: a new item, an item's card, the photos that are sent to it, in English. */
import { count } from "./words.ts";

const countPhotos = (photos: number) => count(photos, { one: "photo", other: "photos" });

/** How many photos of an upload went which way. */
interface UploadTally {
  readonly stored: number;
  readonly relabelled: number;
  readonly duplicates: number;
  /** Labelled otherwise by somebody else: the new label waits for staff. */
  readonly pending: number;
  readonly refused: number;
}

/** One sentence with every count that is not zero; `countSamples` says of what the first one is. */
export function summariseUpload(countSamples: (samples: number) => string) {
  return ({ stored, relabelled, duplicates, pending, refused }: UploadTally): string => {
    const parts = [
      stored > 0 ? `${countSamples(stored)} added` : "",
      relabelled > 0 ? `${relabelled} moved here from another item` : "",
      duplicates > 0 ? `${duplicates} known already` : "",
      pending > 0 ? `${pending} ${pending === 1 ? "waits" : "wait"} for review, because of another label here` : "",
      refused > 0 ? `${refused} refused` : "",
    ].filter((part) => part !== "");
    return parts.length === 0 ? "Nothing was added." : `${parts.join(", ")}.`;
  };
}

export const items = {
  section: {
    title: "Menu",
    note: "Add photos to an item to teach it. Ten are a good start; each item says when it has enough.",
  },
  cameraTitle: "Teach with the camera",
  empty: "The menu is empty. Name the first item above.",
  emptyForOthers: "The menu is empty: an admin has to name items.",
  archivedItems: (items: number) => count(items, { one: "archived item", other: "archived items" }),
  add: {
    name: "New item",
    example: "Four Cheese",
    description: "Description",
    descriptionHint: "Guests read it. I learn from photos alone.",
    photos: "Photos",
    optional: "(optional)",
    chosen: (photos: number) => `${countPhotos(photos)} chosen`,
    submit: "Add to the menu",
    notLoaded: "Nothing was added, because the page could not be loaded.",
    added: (name: string) => `${name} is on the menu. Now show photos of it.`,
    addedWithPhotos: (photos: number, name: string) =>
      `${name} is on the menu. ${countPhotos(photos)} of it on the way.`,
  },
  card: {
    photos: (photos: number) => (photos === 0 ? "no photos yet" : countPhotos(photos)),
    byDescription: "by its description",
    mergedInto: (name: string) => `Merged into ${name}.`,
    rename: "Rename",
    renameItem: (name: string) => `Rename ${name}`,
    archive: "Archive",
    archiveItem: (name: string) => `Archive: ${name}`,
    restore: "Put back on the menu",
    restoreItem: (name: string) => `Put back on the menu: ${name}`,
  },
  rename: { name: "Name", description: "Description", save: "Save" },
  cancel: "Cancel",
  /** Where the deployment reads texts. */
  write: {
    handedOn: (service: string) =>
      `What you teach here, and how you describe items, is handed on to ${service}, the service that reads texts.`,
    placeholder: "Type or paste texts, one a line",
    field: (item: string) => `Texts for ${item}, one a line`,
    teach: "Teach these",
    teachItem: (item: string) => `Teach these: ${item}`,
    file: "Choose a file",
    chooseFor: (item: string) => `Choose a file: ${item}`,
    noText: "I cannot read it. Save it as CSV or as plain text.",
    nothingOf: (item: string) => `It holds no text for ${item}.`,
  },
  upload: {
    drop: "Drop photos, or choose",
    choose: (name: string) => `Drop photos, or choose: ${name}`,
    bar: "Photos sent",
    progress: (done: number, total: number) => `${done} of ${countPhotos(total)} sent`,
    goOn: "Go on",
    refused: "Photos that were refused",
    tooLarge: "Too large, and this browser cannot shrink it.",
    summary: summariseUpload(countPhotos),
  },
};
