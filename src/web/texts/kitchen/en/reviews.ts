/** Corrections from guests, labels in doubt and what guests miss, in English. */
import { count } from "./words.ts";

export const reviews = {
  section: {
    title: "Corrections from guests",
    note: "What you accept counts from the next training on.",
  },
  empty: "Nothing to look at. What guests correct will wait here for you.",
  poolSection: {
    title: "What I am least sure of",
    note: "Your word on these teaches me most: I waver, and no two of them are alike.",
  },
  doubtsSection: {
    title: "Labels I doubt",
    note: "All other photos speak against them. You know better; nothing changes by itself.",
  },
  doubts: {
    empty: "I doubt none of the labels.",
    title: (given: string, suggested: string) => `Labelled ${given}. Or is it ${suggested}?`,
    /** What a button is called: what it reads, and the photo that it is about. */
    about: (words: string, photo: string) => `${words}: photo ${photo}`,
    confirm: (given: string) => `It is ${given}`,
    confirmed: (photo: string, given: string) => `Photo ${photo} is ${given}, then. I will not ask again.`,
    change: (suggested: string) => `Change to ${suggested}`,
    changed: (photo: string, suggested: string) => `Photo ${photo} counts as ${suggested} from the next training on.`,
    forget: "Forget",
    forgotten: (photo: string) => `Photo ${photo} is forgotten. The next training unlearns it.`,
    /** The same picture under two items. */
    copies: {
      title: (name: string, other: string) => `One picture, labelled ${name} and ${other}. Which is it?`,
      settled: (name: string) => `The picture and its copies are ${name}, then. I will not ask again.`,
      forget: "Forget it and its copies",
      forgotten: "The picture and its copies are forgotten. The next training unlearns them.",
    },
  },
  suggestions: {
    title: "What guests miss",
    note: "In their own words.",
    noteForAdmin: "Add it to the menu, or take it off this list.",
    /** What was asked for follows. */
    demand: (guests: number) => `${count(guests, { one: "guest", other: "guests" })} asked for:`,
    add: "Put it on the menu",
    addIt: (wish: string) => `Put it on the menu: ${wish}`,
    done: "Take off the list",
    doneWith: (wish: string) => `Take off the list: ${wish}`,
    gone: (wish: string) => `${wish} is off the list.`,
  },
};
