/** What the teacher said, in English. Comes where one is configured; speaks of neither photos nor texts, so both have it. */
import { count } from "./words.ts";

export const teacher = {
  title: "The teacher",
  note: "A large model that I ask when I am unsure. It is wrong now and then, so your own labels come first.",
  off: "I ask no teacher now. What one has said is still looked at in every training, until you forget it.",
  asking: (model: string) => `I ask ${model} about what I am least sure of.`,
  notOfGuests: "I ask about what staff send and what comes with a key, not about what guests send.",
  resting: (agreed: number, of: number) =>
    `It rests: I had said the same in ${agreed} of its last ${of} answers, so there is little left to learn from it. I still ask now and then, to notice when that changes.`,
  calls: (calls: number, budget: number) => `Calls today: ${calls} of ${budget}.`,
  callsBeforeRest: (calls: number, budget: number) =>
    `Calls today: ${calls}. While it rests, no more than ${budget} a day.`,
  failed: (faults: number, calls: number) => `Calls that brought no answer lately: ${faults} of ${calls}.`,
  saidNothing: "It has said nothing yet.",
  /** Its answers, those on what people have labelled too, and how many of these they labelled differently. */
  checked: (answers: number, judged: number, overruled: number) =>
    judged === 0
      ? `Answers: ${answers}. Nobody has checked any of them yet.`
      : `Answers: ${answers}. People have checked ${judged} of them and disagreed with ${overruled === 0 ? "none" : overruled}.`,
  /** Whether its answers count. People's labels judge, each left out of the training in turn. */
  counting: {
    notYet: "The version that answers guests has learnt from none of them yet.",
    unchecked: "They do not count yet: nobody has checked them, since there are no labels of people to judge by.",
    tooFew: (judged: number, needed: number) =>
      `They do not count yet: only ${count(judged, { one: "label", other: "labels" })} of yours can judge them, and it takes ${needed}.`,
    helps: (labels: number, judged: number, without: number, withThem: number) =>
      `${labels} of them count in the version that answers guests: of your ${judged} labels it would get ${without} right without them and gets ${withThem} right with them.`,
    harms: (judged: number, without: number, withThem: number) =>
      withThem < without
        ? `They do not count now: of your ${judged} labels ${without} come out right without them, and ${withThem} with them.`
        : `They do not count now: of your ${judged} labels ${withThem} come out right with them, ${without} without, but less surely.`,
    harmsTest: (examples: number, without: number, withThem: number) =>
      `They do not count now: of the ${count(examples, { one: "test example", other: "test examples" })} ${without} come out right without them, and ${withThem} with them.`,
  },
  lately: "What it said lately",
  sure: (share: string) => `${share} sure`,
  peopleAgree: "People say the same.",
  peopleSay: (name: string) => `People say: ${name}.`,
  copy: "What it was asked about",
  noCopy: "No copy is left",
  forget: {
    button: "Forget all it said",
    question:
      "All its answers go, for good, and the next training makes a version without them. Your own labels stay. I may ask again about what is still unclear.",
    yes: "Forget all of it",
    done: (answers: number) => `Forgotten: ${count(answers, { one: "answer", other: "answers" })}.`,
  },
};

/** The keys that every language has. */
export type TeacherTexts = typeof teacher;
