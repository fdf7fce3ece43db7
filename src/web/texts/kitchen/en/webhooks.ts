/** Messages to other systems, in English. Comes when somebody opens them; speaks of neither photos nor texts, so both have it. */
import type { WebhookEvent } from "../../../../shared/webhook-events.ts";
import { words } from "./words.ts";

/** What happens, as an end of "Tell it when". */
const events: Record<WebhookEvent, string> = {
  "head.published": "another version begins to answer",
  "head.held": "a new version waits for your decision",
  "run.failed": "a training fails",
  "drift.warned": "people send other things than before",
  "queue.long": "many corrections wait for you",
  "backup.failed": "a backup fails",
  "suggestion.new": "a guest misses something that nobody has missed before",
};

/** Why a message did not arrive. */
const faults: Record<string, string> = {
  address: "I may not call this address",
  redirect: "the receiver sent me elsewhere, where I do not go",
  gone: "the receiver wants no more messages",
  refused: "the receiver refused it",
  late: "the receiver did not answer in time",
  unreachable: "I could not reach the receiver",
};

export const webhooks = {
  title: "Messages to other systems",
  note: "I can tell another system what happens here: a till, a chat, a program of your own. Give me its address; programmers call this a webhook.",
  none: "No address yet.",
  address: "Address",
  example: "https://shop.example.com/headstart",
  tellWhen: "Tell it when",
  told: (events: string) => `I tell it when: ${events}.`,
  events,
  queueAbove: "How many corrections are many",
  make: "Add the address",
  made: "The address is added. Send it a test message now.",
  noEvents: "Tick at least one of these.",
  secret: {
    title: (host: string) => `The secret for ${host}`,
    once: "It tells the receiver that a message comes from me. This is the only time it is shown: put it where the receiver keeps secrets.",
  },
  works: "Works. The last message arrived on",
  fresh: "Nothing has been sent yet.",
  failing: "Messages have not arrived since",
  waiting: (count: number) => `Waiting: ${words.formatCount(count)}.`,
  ended: {
    off: "Switched off: I tell it nothing.",
    gone: "The receiver said that it wants no more messages, so I stopped.",
    dead: "I gave up: for five days no message arrived. Have the receiver fixed, then switch it on again.",
  },
  switchOff: "Switch off",
  switchOn: "Switch on",
  switchedOff: "The address is switched off.",
  switchedOn: "The address is switched on.",
  change: { button: "Change", save: "Save", done: "The address is changed." },
  test: {
    button: "Send a test message",
    arrived: "The test message arrived.",
    failed: (why: string) => `The test message did not arrive: ${why}.`,
  },
  rotate: {
    button: "New secret",
    question: "For a day I sign messages with the old secret too. By then the receiver has to know the new one.",
    yes: "Make a new secret",
  },
  remove: {
    button: "Delete",
    question: "What still waits for it goes too, for good.",
    yes: "Delete it",
    done: "The address is deleted.",
  },
  log: {
    button: "Show messages",
    hide: "Hide messages",
    title: "Messages",
    none: "No message yet.",
    more: "Show older ones",
    test: "a test",
    arrived: "arrived",
    notYet: "not sent yet",
    again: (why: string) => `${why}; I try again on`,
    over: (why: string) => `${why}; I do not try again`,
    redeliver: "Send again",
    arrivedNow: "The message arrived.",
    failedNow: (why: string) => `The message did not arrive: ${why}.`,
  },
  faults,
};

/** The keys that every language has. */
export type WebhookTexts = typeof webhooks;
