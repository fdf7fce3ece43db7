/** What a deployment answers to what it does not read: a photo where it reads texts, a text where it reads photos. Pure. */
import { type Problem, problem } from "../../shared/problem.ts";

/** Ends the details of problems about bodies that cannot be read as texts. */
export const HOW_TO_SEND_TEXT = 'Send text/plain in UTF-8, or JSON { "text": "..." }.';

/** What a deployment that reads texts says to a photo. */
export function readsTextsOnly(): Problem {
  return problem("unsupported_media_type", `This deployment reads texts, not photos. ${HOW_TO_SEND_TEXT}`);
}

/** And what one that reads photos says to a text. */
export function readsPhotosOnly(): Problem {
  return problem(
    "unsupported_media_type",
    "This deployment reads photos, not texts. Send a JPEG, PNG, WebP or GIF file.",
  );
}
