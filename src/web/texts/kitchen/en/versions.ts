/** Versions of the head: the timeline, each one's card, and the closer look at it, in English. */
import { count } from "./words.ts";

const photoForms = { one: "photo", other: "photos" };
const versionForms = { one: "version", other: "versions" };

export const versions = {
  section: {
    title: "Versions",
    note: "Each training that learns something makes a new version. One that does worse is held back, and one click takes you back to an earlier one.",
  },
  empty: "No version yet. The first training that finds two items makes it.",
  showSome: (versions: number) => `Show ${count(versions, versionForms)}`,
  showAll: (versions: number) => `Show all ${count(versions, versionForms)}`,
  showOlder: "Show older versions",
  hold: {
    note: (live: number) =>
      `Later versions are held: version ${live} stays live, and every new one waits here for you.`,
    end: "Let new versions go live again",
    ended: "New versions go live by themselves again, if they are not worse.",
  },
  title: (version: number) => `Version ${version}`,
  badges: { live: "live", held: "held back", gone: "gone", pinned: "pinned" },
  /** After the moment when it was made. */
  madeBy: { staff: "by staff", clock: "on schedule" },
  /** Where no photo could be judged by a version that had not seen it. */
  unmeasured: "not measured",
  /** Where there is no label at all. */
  unchecked: "Nobody has checked it: it knows its items by their descriptions alone",
  /** Of its answers to photos that it had not seen. */
  right: (counted: string) => `Right: ${counted}`,
  /** Of the examples that are set aside. */
  testSet: "Test set",
  backbone: "Another backbone",
  tested: (counted: string) => `On the test set, which it has never learnt from: ${counted}`,
  learnedFrom: (photos: number, items: number) =>
    `${count(photos, photoForms)} · ${count(items, { one: "item", other: "items" })}`,
  activate: "Make live",
  activateVersion: (version: number) => `Make live: version ${version}`,
  holdLater: "Hold later versions",
  activated: (version: number) => `Version ${version} is live: guests get it within seconds.`,
  closer: "Look closer",
  closerAt: (version: number) => `Look closer at version ${version}`,
  parts: {
    replay: "What guests would notice",
    confusion: "What it mixes up",
    comparison: "Side by side",
    pin: "Keep it",
    figures: "Figures for specialists",
  },
  /** How much it has learnt by heart, what it has learnt without a label, and what it has forgotten. */
  guards: {
    unlabelled: {
      helps: (samples: number, judged: number, without: number, withThem: number) =>
        `It has learnt from ${samples} that nobody has labelled too: of your ${judged} labels it would get ${without} right without them and gets ${withThem} right with them.`,
      tooFew: (judged: number, needed: number) =>
        `It has learnt nothing from what nobody has labelled: only ${judged} of your labels could judge that, and it takes ${needed}.`,
      harms: (judged: number, without: number, withThem: number) =>
        withThem < without
          ? `It has learnt nothing from what nobody has labelled: of your ${judged} labels ${without} come out right without that, and ${withThem} with it.`
          : `It has learnt nothing from what nobody has labelled: of your ${judged} labels ${withThem} come out right with that, ${without} without, but less surely.`,
      harmsTest: (examples: number, without: number, withThem: number) =>
        `It has learnt nothing from what nobody has labelled: of ${count(examples, { one: "test example", other: "test examples" })} ${without} come out right without that, and ${withThem} with it.`,
    },
    gap: (taught: string, unseen: string) =>
      `It answers ${taught} of what it was taught right, and ${unseen} of the same when each is judged as if new: the wider the gap, the more it has learnt by heart.`,
    kept: "It finds every item at least as often as the version that was live before it.",
    lost: (items: string) => `It finds less often than the version that was live before it: ${items}.`,
    move: (name: string, before: string, now: string) => `${name} (${before} before, now ${now})`,
  },
  replay: {
    same: (replayed: number) =>
      `No answer to the last ${count(replayed, { one: "stored photo", other: "stored photos" })} would change.`,
    /** `kinds` are pairs and perhaps the others, joined. */
    changed: (changed: number, replayed: number, kinds: string) =>
      `${changed} of the answers to the last ${count(replayed, { one: "stored photo", other: "stored photos" })} would change: ${kinds}.`,
    pair: (answers: number, from: string, to: string) => `${answers} from ${from} to ${to}`,
    others: (answers: number) => `${answers} others`,
  },
  pin: {
    pin: "Pin",
    unpin: "Unpin",
    isPinned: "It stays, however old it gets. Forgetting a photo that it has seen still removes it.",
    isNotPinned: "Old versions are removed after a while. A pinned one stays.",
    pinned: (version: number) => `Version ${version} is pinned.`,
    unpinned: (version: number) => `Version ${version} is no longer pinned.`,
  },
};

/** Why a version went live or was held back; `version` is the one that it was compared with. Today speaks of it as well. */
export const gate = {
  notWorse: (version: string) => `It tells the items that both know apart as well as version ${version}.`,
  worse: (version: string) => `It tells the items that both know apart less well than version ${version}.`,
  taken: (items: number, now: number, before: number, version: string, mayTake: number) =>
    `Waits for your decision: with ${count(items, { one: "new item", other: "new items" })} it answers ${now} of 100 photos of the others right; version ${version} answered ${before}. ` +
    `Add photos of the new items, or make it live anyway. New items may take ${mayTake} of 100, as NEW_ITEMS_MAY_TAKE says.`,
  gone: "Its weights are gone: it was old, or it had seen photos that had to be forgotten. It cannot go live again.",
  activatedAndHeld: (version: number) =>
    `Version ${version} is live: guests get it within seconds. Later versions wait for you.`,
};
