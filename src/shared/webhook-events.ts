/** What a webhook can be told of, and what a message of each says. Names and fields that were published keep their meaning. */
import type { Sentence } from "./sentence.ts";

/** Those that a webhook can be made for, `subject.verb`. */
export const WEBHOOK_EVENTS = [
  ...(["head.published", "head.held", "run.failed", "drift.warned"] as const),
  ...(["queue.long", "backup.failed", "suggestion.new"] as const),
] as const;
/** One of `WEBHOOK_EVENTS`. */
export type WebhookEvent = (typeof WEBHOOK_EVENTS)[number];

/** Sent where somebody asks for it, whatever a webhook was made for. */
export const TEST_EVENT = "test";

/** Why an attempt to deliver a message failed. */
export const DELIVERY_FAULTS = ["address", "redirect", "gone", "refused", "late", "unreachable"] as const;
/** One of `DELIVERY_FAULTS`. */
export type DeliveryFault = (typeof DELIVERY_FAULTS)[number];

/** English, and the same for other languages. */
interface Explained {
  readonly message: string;
  readonly says: readonly Sentence[];
}

/** `data` of a message, by event. */
export interface EventData {
  /** A head is served from now on, because a run made it or staff chose it. */
  readonly "head.published": {
    readonly version: number;
    readonly items: number;
    readonly labels: number;
    readonly by: "run" | "staff";
  };
  /** A run made a head that waits for staff; why. */
  readonly "head.held": { readonly version: number } & Explained;
  readonly "run.failed": Explained;
  /** What people send has changed. */
  readonly "drift.warned": Explained;
  /** So many corrections wait for staff, more than `above`. */
  readonly "queue.long": { readonly waiting: number; readonly above: number };
  readonly "backup.failed": { readonly message: string };
  /** A guest misses something on the menu that nobody has missed before. */
  readonly "suggestion.new": { readonly id: string; readonly text: string };
}

/** A message's body, as Standard Webhooks proposes it; `at` in Unix ms. */
export function writeMessage(type: string, at: number, data: object): string {
  return JSON.stringify({ type, timestamp: new Date(at).toISOString(), data });
}
