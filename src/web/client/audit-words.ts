/** Entries of the audit log as sentences. Pure. */
import type { AuditEntry } from "./history-answers.ts";
import { describeRole } from "./key-words.ts";
import { countOf } from "./numbers.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

/** Actions whose details say nothing that staff would miss. */
const PLAIN_WORDS: ReadonlyMap<string, string> = new Map([
  ["classes.order", "The menu put in another order."],
  ["example.confirm", "A doubted label confirmed."],
  ["reviews.decide", "Corrections decided."],
  ["reviews.accept", "Corrections accepted, because guests agreed."],
  ["reviews.undo", "Decisions on corrections taken back."],
  ["reviews.skip", "Corrections left for later."],
  ["training.run", "A training run started by hand."],
  ["import.merge", "An export merged in."],
]);

/** An action that is not known here shows under the name that the log has for it. */
export function describeAudit({ action, detail }: Pick<AuditEntry, "action" | "detail">, names: ItemNames): string {
  const item = nameOf(names, detail.class ?? "");
  switch (action) {
    case "head.activate":
      return `Version ${detail.version ?? "?"} made live${detail.hold ? ", and later versions held" : ""}.`;
    case "class.create":
      return `${item} put on the menu.`;
    case "class.change":
      return `${item} changed.`;
    case "examples.label":
      return `Photos labelled ${item}.`;
    case "class.merge":
      return `${item} merged into ${nameOf(names, detail.into ?? "")}.`;
    case "class.delete":
      return `${item} deleted for good, with ${countForgotten(detail)}.`;
    case "example.relabel":
      return `A photo relabelled as ${nameOf(names, detail.to ?? "")}.`;
    case "photos.forget":
      return `Forgotten: ${countForgotten(detail)}.`;
    case "contributor.forget":
      return `All of one contributor forgotten: ${countForgotten(detail)}.`;
    case "keys.make":
      return `A key made that ${describeRole(detail.role ?? "")}.`;
    case "keys.rotate":
      return "A key given a new secret.";
    case "keys.revoke":
      return "A key revoked.";
    default:
      return PLAIN_WORDS.get(action) ?? action;
  }
}

/** `12 photos and 2 corrections`; what is zero is left out. */
export function countForgotten({ examples, reviews }: { examples: number | null; reviews: number | null }): string {
  const photos = countOf(examples ?? 0, "photo");
  return reviews ? `${photos} and ${countOf(reviews, "correction")}` : photos;
}
