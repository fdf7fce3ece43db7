/** Places, in English. Comes when somebody opens them; speaks of neither photos nor texts, so both have it. */
import { formatTenths } from "./words.ts";

export const places = {
  title: "Places",
  note: "The same thing looks different in another place. Give each place a name: once I have seen enough from there, I answer by what it looks like there.",
  none: "No place yet.",
  name: "Name of the place",
  example: "Terrace",
  make: "Add the place",
  made: (name: string) => `${name} is added.`,
  isOff: "Switched off: I answer as if nobody had named the place.",
  waiting: (seen: number) => (seen === 0 ? "I have seen nothing from there yet." : `I have seen ${seen} from there.`),
  /** What it takes to get used to a place. */
  until: {
    closed: "I keep nothing of what I see, so I cannot get used to the place: POOL_SIZE in wrangler.toml lets me.",
    fromKeys:
      "From 20 on I get used to the place. What staff send and what comes with a key counts; what guests send does not.",
    fromAll: "From 20 on I get used to the place.",
  },
  moved: (seen: number) => `I am used to the place: I have seen ${seen} from there.`,
  refused: (asTaught: number, moved: number, judged: number) =>
    `I answer as I was taught: of ${judged} that people labelled there, ${asTaught} were right that way, and only ${moved} once I had got used to the place.`,
  alike: (distance: number) => `It looks much as where you taught me (difference ${formatTenths(distance)}).`,
  different: (distance: number) =>
    `It looks somewhat different from where you taught me (difference ${formatTenths(distance)}).`,
  veryDifferent: (distance: number) =>
    `It looks very different from where you taught me (difference ${formatTenths(distance)}).`,
  unchecked: "Nobody has labelled anything from there yet, so nobody can say how often I am right.",
  right: (counted: string) => `Right, of what people labelled there: ${counted}.`,
  /** Around what a program adds to its address. */
  address: ["Programs name it with ", ", or come with a key of its own."],
  switchOff: "Switch off",
  switchOn: "Switch on",
  switchedOff: (name: string) => `${name} is switched off.`,
  switchedOn: (name: string) => `${name} is switched on.`,
  rename: { button: "Rename", save: "Save", done: (name: string) => `The place is called ${name} now.` },
  key: "Make a key for this place",
  remove: {
    button: "Delete",
    question: "What I know of the place goes, for good. Labels stay, without the place, and its keys stay too.",
    yes: "Delete it",
    done: (name: string) => `${name} is deleted.`,
  },
};

/** The keys that every language has. */
export type PlaceTexts = typeof places;
