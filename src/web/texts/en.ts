/**
 * What the guests' page says in English, on the server and in its script. The other languages have the same keys; the
 * compiler sees to it. Plain words only: guests know nothing of heads, receipts and codes.
 */
import { picker } from "./picker/en.ts";
import { createCounter, createScoreFormat } from "./plural.ts";

const count = createCounter("en");

export const texts = {
  /** As `lang`, `Content-Language` and `Accept-Language` write it. */
  tag: "en",
  formatScore: createScoreFormat("en"),
  page: {
    title: "What have we here? · Headstart",
    description: "Take a photo and learn which item on the menu it shows.",
    skip: "Skip to the content",
    site: "Site",
    kitchen: "Kitchen",
    heading: "What have we here?",
    lead: "Show me a photo, and I’ll tell you what it is on our menu.",
    answer: "Answer",
    readingMenu: "Reading the menu…",
    withoutScript:
      "Choose a photo, then press the button. A small one, up to about two thousand pixels wide, works best.",
    humanNeedsScript: "This page checks that a person is asking, which takes JavaScript. Allow it, or ask the staff.",
    refused: "That did not work",
  },
  intake: {
    photo: "Photo",
    preview: "Your photo, as I will see it",
    dropTitle: "Drop a photo here",
    dropHint: "or paste one, or click to choose",
    tapTitle: "Your photo goes here",
    tapHint: "Tap to choose one",
    take: "Take a photo",
    choose: "Choose a photo",
    another: "Choose another",
    ask: "What is it?",
    samples: "No photo at hand? Try one of these drawings:",
    sample: (number: number) => `Drawing ${number}`,
    burst: {
      offer: "Three shots in a row",
      view: "What the camera sees",
      hint: "Let it fill the picture. I look at all three shots and answer once.",
      take: "Take three",
      taking: (taken: number, wanted: number) => `${taken} of ${wanted}`,
      answered: (shots: number) => `I looked at ${count(shots, { one: "photo", other: "photos" })} of it.`,
      back: "Back",
      problems: {
        insecure: "This needs a secure connection (https). Take a single photo instead.",
        refused: "Your browser keeps the camera shut for this page. Allow it there, or take a single photo.",
        missing: "I find no camera here. Choose a photo instead.",
        busy: "The camera could not be started: another app may be using it. Take a single photo instead.",
      },
    },
  },
  device: {
    choice: "Keep my photo on this device",
    download: "Download",
    off: "Your device then does the looking itself. It downloads a few megabytes for that, once.",
    loading: "Getting ready…",
    ready: "Ready: your photo stays here, only numbers made from it are sent.",
    sentNote: "Your photo is shrunk on your device before it is sent, looked at once, and not kept.",
    sentWholeNote: "Your photo is sent, looked at once, and not kept.",
    keptNote: "Your photo stays on your device. Only numbers made from it are sent.",
    nothingSent: "Nothing was sent.",
    notSent: "Your photo was not sent.",
    faults: {
      insecure: "This needs a secure connection (https).",
      damaged: "The download was damaged on its way.",
      stopped: "The download stopped: check the connection.",
      missing: "A part of the download is missing on the server.",
      unsupported: "This browser cannot do that.",
      unready: "Your device could not get ready.",
    },
  },
  menu: {
    title: "On the menu",
    toKitchen: "To the kitchen",
    emptyTitle: "The menu is still empty",
    emptyDetail: "Staff name two items and show me photos of them. A minute later I can tell them apart.",
    learningTitle: "I’m still learning",
    learningDetail: (items: number) =>
      `I know ${count(items, { one: "name", other: "names" })}, but not yet what they look like. ` +
      "That takes photos of two items and one training.",
  },
  answer: {
    looking: "Looking…",
    slow: "This is taking a while. Your connection may be slow; I’m still at it.",
    bars: "How well each item fits",
    learntFrom: (photos: number) => `learnt from ${count(photos, { one: "photo", other: "photos" })}`,
    sure: (name: string) => `Looks like ${name}`,
    almostCertain: "I’m almost certain.",
    fairlySure: "I’m fairly sure.",
    either: (one: string, other: string) => `${one} or ${other}`,
    closeCall: "It’s a close call.",
    guess: (name: string) => `Perhaps ${name}`,
    onlyGuess: "That’s only a guess.",
    unknown: "Not on the menu, I think",
    closest: (name: string) => `${name} comes closest, but not close enough.`,
    empty: "I can’t say",
    emptyDetail: "There is nothing on the menu yet.",
    right: "That’s right",
    wrong: "That’s wrong",
    itIs: (name: string) => `It’s ${name}`,
    neither: "Neither",
    onMenu: "It is on the menu",
    notOnMenu: "It’s not on the menu",
    /** Only where texts are read. */
    byDescription: (name: string) => `I know “${name}” only by its description so far, so this is a first guess.`,
    /** Only where texts are read. */
    unread: "I could not read any of this text, so do not rely on the answer.",
    fewPhotos: "I have seen only a few photos of this menu, so I may take something else for one of its dishes.",
    noteWithPicture: "If you tell me, the staff get a small copy of your photo. They delete it once they have decided.",
    noteWithKeptPicture:
      "If you tell me, the staff get a small copy of your photo. If they agree with you, they keep it; otherwise they delete it.",
    noteWithoutPicture: "If you tell me, the staff get your word for it, without a picture.",
  },
  picker,
  lost: {
    title: "There is no page here",
    detail: "The address may have a slip in it, or the page is gone.",
    toStart: "To the guests’ page",
  },
  thanks: {
    title: "Thank you",
    pending: "The staff will have a look, and then I’ll know better.",
    counted: "It counts from the next training on.",
    known: "You had told me that before.",
    suggested: "The owner will see what you miss on the menu.",
  },
  missing: {
    title: "What is it, then?",
    field: "Your words for it",
    hint: "The owner sees what guests miss, and the staff see that your photo is not on the menu.",
    send: "Tell the owner",
  },
  again: "Try again",
  anotherPhoto: "Another photo",
  lookAgain: "Look again",
  /** What is said when something fails, by the code of the API or of the page's own script. */
  problems: {
    empty_body: "No photo came with that. Choose one, then ask again.",
    body_too_large: "This photo is too large. Try a smaller one.",
    body_too_slow:
      "The connection is so slow that your photo did not get here. Try again, on another network if you can.",
    unsupported_media_type: "I can’t read this kind of file. JPEG, PNG, WebP and GIF photos work.",
    not_an_image: "This file is not a photo that I can read. JPEG, PNG, WebP and GIF photos work.",
    image_too_large: "This photo has more pixels than I can look at. Try a smaller one.",
    image_broken: "This photo is damaged: a part of it is missing or unreadable. Try another one.",
    no_head: "I’m still learning: I have not seen enough photos of the menu yet. Come back later.",
    receipt_expired: "That answer is too old to be corrected now. Let me look at the photo again, then tell me.",
    receipt_invalid: "That answer cannot be corrected any more. Let me look at the photo again, then tell me.",
    backbone_mismatch: "I have changed since this page was opened. Let me look at the photo again.",
    class_archived: "That item has just left the menu. Choose another one.",
    unknown_class: "That item is not on the menu. Choose another one.",
    too_many_corrections:
      "So much from your network is waiting for the staff that I cannot take more. Try again later.",
    review_queue_full: "So much is waiting for the staff that I cannot take more. Try again later.",
    rate_limited: "That was fast: more than I can look at. Wait a few seconds, then try again.",
    quota_exceeded: "That was all I can look at for your network today. Come back tomorrow.",
    overloaded: "Many photos are coming in just now. Try again in a moment.",
    unauthorized: "You need a key to ask here. Ask the staff.",
    human_check_failed: "I could not tell that a person is asking. Try again, or open the page again.",
    human_check_unavailable: "I could not find out whether a person is asking. Try again in a moment.",
    forbidden: "This did not come from our page. Open the page again and start there.",
    bad_request: "I could not use what came with that. Open the page again and start there.",
    offline: "There is no connection. Your photo is still here: try again when you are back online.",
    timeout: "That took too long. Your photo is still here: try again.",
    unreadable: "The server’s answer could not be read. Try again.",
    other: "Something went wrong here, and it is not your photo. Try again in a moment.",
  },
};

/** The keys that every language has. */
export type Texts = typeof texts;
