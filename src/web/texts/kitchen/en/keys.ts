/** API keys and limits, in English. */
import type { KeyRole } from "../../../../shared/role.ts";
import { limits } from "./limits.ts";
import { words } from "./words.ts";

/** What a key may do, as a choice. */
const choices: Record<KeyRole, string> = {
  classify: "ask about photos",
  label: "ask, and teach photos",
  review: "ask, teach, and decide",
  admin: "everything",
};
/** What a key does, in a sentence of which it is the subject. */
const roles: Record<KeyRole, string> = {
  classify: "asks about photos",
  label: "asks and teaches",
  review: "asks, teaches and decides on corrections",
  admin: "may do everything",
};

export const keys = {
  section: {
    title: "Keys",
    note: "Give each program and each person a key of their own: then you can revoke one without touching the others.",
  },
  none: "No key yet. Until you make one, sign in with the admin token.",
  form: {
    name: "What it is for",
    example: "Till by the door",
    role: "What it may do",
    choices,
    life: "How long it works",
    lives: { month: "30 days", quarter: "90 days", year: "a year", always: "without a time limit" },
    submit: "Make a key",
  },
  roles,
  dates: {
    revoked: "revoked",
    neverUsed: "never used",
    lastUsed: "last used",
    endless: "no time limit",
    expired: "expired",
    worksUntil: "works until",
  },
  secret: {
    title: (name: string) => `The secret of ${name}`,
    once: "This is the only time it is shown. Keep it where secrets are kept.",
    onceForAdmin:
      "This is the only time it is shown. Keep it where secrets are kept. The first key of this kind takes the place of the admin token: sign in with it from now on.",
    copy: "Copy",
    copied: "Copied",
    copyByHand: "Press Ctrl+C",
    kept: "I have kept it",
  },
  places: "Places",
  webhooks: "Messages to other systems",
  backups: "Backups",
  fromPlace: (place: string) => `from ${place}`,
  rotate: {
    button: "New secret",
    buttonOf: (name: string) => `New secret: ${name}`,
    question: "Programs with the old secret are locked out at once.",
    yes: "Make a new secret",
  },
  revoke: {
    button: "Revoke",
    buttonOf: (name: string) => `Revoke: ${name}`,
    question: "It stops working within half a minute, for good.",
    yes: "Revoke it",
    done: (name: string) => `The key ${name} is revoked.`,
  },
  pictures: {
    title: "Pictures that are kept",
    none: "Nothing is kept of what labelled photos look like.",
    thumbnails:
      "A small picture of each labelled photo is kept, so that you can judge by looking. It goes when the photo is forgotten.",
    originals:
      "A small picture of each labelled photo is kept, and the photo itself at up to 1,024 pixels, without what the camera wrote into it. Both go when the photo is forgotten.",
    heads: ["What is kept", "How much"],
    rows: { small: "Small pictures", originals: "Photos" },
    amount: (kept: number, size: string, most: string) => `${words.formatCount(kept)}, ${size} of at most ${most}`,
  },
  limits,
};
