/** What a guest is told and offered when something failed, by the code of the API or of the page's own script. Pure. */
import type { Texts } from "../texts/en.ts";

/** What the page says, and what it offers. */
export interface GuestWords {
  readonly text: string;
  /** What would help: the same photo again, another photo, or nothing that the guest can do. */
  readonly remedy: "again" | "other-photo" | "none";
}

/** Codes that say that the photo itself cannot be used. */
const PHOTO_CODES = new Set([
  "empty_body",
  "body_too_large",
  "unsupported_media_type",
  "not_an_image",
  "image_too_large",
  "image_broken",
]);

/** Codes that only time or the staff can help with. */
const HOPELESS_CODES = new Set(["no_head", "quota_exceeded", "too_many_corrections", "review_queue_full"]);

/** `said` is a sentence in the guest's language that the failure brought along; without it the code decides. */
export function explainToGuest(code: string, { problems }: Texts, said?: string): GuestWords {
  const text = said ?? new Map(Object.entries(problems)).get(code) ?? problems.other;
  if (PHOTO_CODES.has(code)) return { text, remedy: "other-photo" };
  return { text, remedy: HOPELESS_CODES.has(code) ? "none" : "again" };
}
