/** What a guest is told and offered when a request failed. Pure. */
import type { Problem } from "./problem.ts";

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

/** Codes that say that the answer a correction belongs to is no longer good. */
const RECEIPT_CODES = new Set(["receipt_invalid", "receipt_expired", "backbone_mismatch"]);

export function explainToGuest({ code, detail }: Problem): GuestWords {
  if (code === "receipt_expired") {
    const text = "That answer is too old to be corrected now. Let me look at the photo again, then tell me.";
    return { text, remedy: "again" };
  }
  if (RECEIPT_CODES.has(code)) return { text: `${detail} Let me look at the photo again.`, remedy: "again" };
  if (PHOTO_CODES.has(code)) return { text: detail, remedy: "other-photo" };
  if (code === "no_head" || code === "too_many_corrections") return { text: detail, remedy: "none" };
  return { text: detail, remedy: "again" };
}
