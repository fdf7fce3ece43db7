/** The kitchen's frame, its door and what it says when something fails, in English. */
import type { Sentence } from "../../../../shared/sentence.ts";

/** What went wrong: a code, the API's English, and the same as sentences for other languages. */
interface ToldProblem {
  readonly code: string;
  readonly detail: string;
  readonly says: readonly Sentence[];
}

/** What the API says of runs, versions and the answers of the last days; `says` is the same for other languages. */
function tell(text: string, _says: readonly Sentence[]): string {
  return text;
}

/** Fetches the words that `explain` needs beyond those of the page: nothing, where the API's own are shown. */
async function prepareToExplain(): Promise<void> {}

/** What went wrong, for people: by its code, or in the API's own words. */
function explain({ detail }: ToldProblem): string {
  return detail;
}

export const frame = {
  tell,
  prepareToExplain,
  explain,
  page: {
    title: "Kitchen · Headstart",
    description: "Teach the menu: items, photos, corrections, versions.",
    scriptNotice: "The kitchen needs JavaScript: your browser shrinks the photos before sending them.",
    site: "Site",
    guestsPage: "Guests’ page",
    signOut: "Sign out",
    heading: "Kitchen",
    reviewerNote:
      "You are signed in to review: corrections, doubted labels and photos are yours. The menu, training, versions and keys need an admin key, so what changes them is not shown here.",
    teacherNote:
      "You are signed in to teach: add photos to the items of the menu. The rest of the kitchen needs another key, so it is not shown here.",
  },
  /** The others go by the titles of what is there. */
  places: { today: "Today", item: "Item", look: "A closer look", map: "Map of the menu", settings: "Settings" },
  toItems: "To the menu",
  lookCloser: "Look through all of them",
  /** The careful answer to a question. */
  leaveIt: "Leave it",
  noSuchItem: "There is no such item. Perhaps it has been deleted.",
  door: {
    heading: "Kitchen",
    /** Around the command and the name of the secret. */
    note: {
      before: "Sign in with your key or the admin token. On your own computer, open the link that ",
      between: " prints; a deployed Worker keeps the token in the secret ",
      after: ".",
    },
    field: "Key or admin token",
    submit: "Sign in",
    refused: "That is neither a key nor the admin token.",
    linkRefused:
      "This sign-in link no longer works: each one works once, for ten minutes. Press Enter where npm start runs to get a new one.",
  },
  sessionEnded: "Your session has ended.",
  signInAgain: "Sign in again",
  tryAgain: "Try again",
  showMore: "Show more",
  partMissing: "This part of the page did not load. Check your connection, then reload the page.",
  reload: "Reload the page",
  outdated: (why: string) => `This page may be out of date. ${why}`,
};
