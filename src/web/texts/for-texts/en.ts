/** What the guests' page says in English where the deployment reads texts: the sentences that speak of photos are replaced. */
import { texts as photoTexts, type Texts } from "../en.ts";
import { createCounter } from "../plural.ts";
import type { BoxTexts } from "./box.ts";

const count = createCounter("en");

export const texts: Texts & { readonly box: BoxTexts } = {
  ...photoTexts,
  page: {
    ...photoTexts.page,
    title: "What is it about? · Headstart",
    description: "Paste a message and learn what it is about.",
    heading: "What is it about?",
    lead: "Give me a message, and I’ll tell you which of our kinds it is.",
    readingMenu: "Looking up what I know…",
    withoutScript: "Write or paste a text, then press the button.",
  },
  box: {
    field: "Your text",
    hint: "A message, a review, a line of one.",
    bestInEnglish: "English is what I read best.",
    handedOnNote: (service) =>
      `Your text is sent here and handed on to ${service}, the service that reads it. Here it is not kept.`,
    placeholder: "Write or paste it here",
    ask: "What is it?",
    samples: "No message at hand? Try one of these, which we invented:",
    tooLong: (characters, limit) =>
      `That is ${count(characters, { one: "character", other: "characters" })}; I read up to ${limit}. Leave the part that matters.`,
  },
  device: {
    ...photoTexts.device,
    choice: "Keep my text on this device",
    off: "Your device then does the reading itself. It downloads ten megabytes or more for that, once.",
    ready: "Ready: your text stays here, only numbers made from it are sent.",
    sentNote: "Your text is sent, read once, and not kept.",
    sentWholeNote: "Your text is sent, read once, and not kept.",
    keptNote:
      "Your text stays on your device. Only numbers made from it are sent. They tell what it is about, and with some effort single words could be guessed from them.",
    notSent: "Your text was not sent.",
  },
  menu: {
    ...photoTexts.menu,
    title: "What I know",
    emptyTitle: "I know no kinds yet",
    emptyDetail: "Staff name two kinds of text and show me some of each. A minute later I can tell them apart.",
    learningDetail: (items) =>
      `I know ${count(items, { one: "name", other: "names" })}, but not yet what such texts are like. ` +
      "That takes texts of two kinds and one training.",
  },
  answer: {
    ...photoTexts.answer,
    looking: "Reading…",
    bars: "How well each kind fits",
    learntFrom: (amount) => `learnt from ${count(amount, { one: "text", other: "texts" })}`,
    sure: (name) => `This is about: ${name}`,
    unknown: "None of what I know, I think",
    emptyDetail: "I know no kinds of text yet.",
    onMenu: "It is one of them",
    notOnMenu: "It’s none of them",
    fewPhotos: "I have read only a few texts so far, so I may take something else for one of these.",
    noteWithPicture:
      "If you tell me, the staff get a copy of your text, up to 2,000 characters. They delete it once they have decided.",
    noteWithKeptPicture:
      "If you tell me, the staff get a copy of your text, up to 2,000 characters. If they agree with you, they keep it; otherwise they delete it.",
    noteWithoutPicture: "If you tell me, the staff get your word for it, without your text.",
  },
  picker: { ...photoTexts.picker, list: "What I know", find: "Find a kind", none: "Nothing I know goes by that name." },
  thanks: { ...photoTexts.thanks, suggested: "The owner will see what you miss here." },
  missing: {
    ...photoTexts.missing,
    title: "What is it about, then?",
    hint: "The owner sees what people miss here, and the staff see that your text is none of these.",
  },
  anotherPhoto: "Another text",
  lookAgain: "Read it again",
  problems: {
    ...photoTexts.problems,
    empty_body: "There was no text in that. Write or paste one, then ask again.",
    body_too_large: "This text is too long. Leave the part that matters, then ask again.",
    body_too_slow:
      "The connection is so slow that your text did not get here. Try again, on another network if you can.",
    unsupported_media_type: "I read texts here. Paste what is written in it.",
    no_head: "I’m still learning: I have not read enough texts yet. Come back later.",
    receipt_expired: "That answer is too old to be corrected now. Let me read the text again, then tell me.",
    receipt_invalid: "That answer cannot be corrected any more. Let me read the text again, then tell me.",
    backbone_mismatch: "I have changed since this page was opened. Let me read the text again.",
    class_archived: "That one has just gone. Choose another one.",
    unknown_class: "I know nothing by that name. Choose another one.",
    rate_limited: "That was fast: more than I can read. Wait a few seconds, then try again.",
    quota_exceeded: "That was all I can read for your network today. Come back tomorrow.",
    overloaded: "Many texts are coming in just now. Try again in a moment.",
    offline: "There is no connection. Your text is still here: try again when you are back online.",
    timeout: "That took too long. Your text is still here: try again.",
    other: "Something went wrong here, and it is not your text. Try again in a moment.",
  },
};

/** The keys that every language has. */
export type WritingTexts = typeof texts;
