/** The bounds of webhooks: how many there are, how long Headstart tries and keeps their messages; and their states. */
import { DAY_MS } from "../shared/time.ts";

/** Every event is written once for each, and each is called in turn. */
export const MAX_WEBHOOKS = 20;

/** Messages that wait for one webhook; while there are so many, nothing more is written for it. */
export const MAX_WAITING_MESSAGES = 500;

/** A webhook that has failed for so long, without one success, is dead. */
export const DEAD_AFTER_MS = 5 * DAY_MS;

/** A message that is older when an attempt at it fails is given up: later than a webhook dies, so that it is tried until then. */
export const GIVE_UP_MS = 6 * DAY_MS;

/** Both signatures are sent for so long after a secret was changed. */
export const OLD_SECRET_MS = DAY_MS;

/** Messages are kept for so long, and of those that are over the newest. */
export const KEPT_MESSAGE_DAYS = 30;
export const KEPT_MESSAGES = 1_000;

/** The longest queue that `queue.long` can be asked for: more corrections are not counted. */
export const MAX_QUEUE_ABOVE = 1_999;
export const USUAL_QUEUE_ABOVE = 50;

/** `off`: by staff; `gone`: the receiver said so (410); `dead`: it failed for days. Only those that are `on` are told anything. */
export const WEBHOOK_STATES = ["on", "off", "gone", "dead"] as const;
