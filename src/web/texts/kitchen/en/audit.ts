/** What the audit log tells of, a sentence for each action, in English. */
import type { AuditAction } from "../../../../shared/audit-actions.ts";
import { count } from "./words.ts";

/** What an entry's details come to; each action has some of them. */
export interface AuditFacts {
  /** Names of items: the one that it was about, the one it was merged into, the one that a photo got. */
  readonly item: string;
  /** The id of a place. */
  readonly place: string;
  /** The id of a webhook. */
  readonly webhook: string;
  readonly into: string;
  readonly to: string;
  /** Number of a version. */
  readonly version: number | string;
  /** Whether later versions are held. */
  readonly hold: boolean;
  /** How many photos and corrections it was about; 0 where the entry does not say. */
  readonly photos: number;
  readonly corrections: number;
  /** How many of the photos had another label before. */
  readonly moved: number;
  /** What became of corrections, in decisions of each kind. */
  readonly accepted: number;
  readonly relabelled: number;
  readonly rejected: number;
  /** What a key may do, as `keys.roles` has it. */
  readonly role: string;
  /** Whether photos were set aside to test with; otherwise they were given back. */
  readonly isTest: boolean;
  /** The name of a backbone. */
  readonly backbone: string;
}

/** `12 photos and 2 corrections`; corrections that are zero are left out. */
function countForgotten(photos: number, corrections: number): string {
  const told = count(photos, { one: "photo", other: "photos" });
  return corrections > 0 ? `${told} and ${count(corrections, { one: "correction", other: "corrections" })}` : told;
}

function countCorrections(corrections: number): string {
  return corrections === 0 ? "Corrections" : count(corrections, { one: "correction", other: "corrections" });
}

/** `: 3 accepted, 1 rejected`; nothing where none is counted. */
function listDecided({ accepted, relabelled, rejected }: AuditFacts): string {
  const parts = [
    accepted > 0 ? `${accepted} accepted` : "",
    relabelled > 0 ? `${relabelled} given another label` : "",
    rejected > 0 ? `${rejected} rejected` : "",
  ].filter((part) => part !== "");
  return parts.length === 0 ? "" : `: ${parts.join(", ")}`;
}

export const audit: Record<AuditAction, (facts: AuditFacts) => string> = {
  "class.create": ({ item }) => `${item} put on the menu.`,
  "class.change": ({ item }) => `${item} changed.`,
  "class.merge": ({ item, into }) => `${item} merged into ${into}.`,
  "class.delete": ({ item, photos, corrections }) =>
    `${item} deleted for good, with ${countForgotten(photos, corrections)}.`,
  "classes.order": () => "The menu put in another order.",
  "examples.label": ({ item, photos, moved }) => {
    const told = photos === 0 ? "Photos" : count(photos, { one: "photo", other: "photos" });
    return `${told} labelled ${item}${moved > 0 ? `; ${moved} had another label before` : ""}.`;
  },
  "example.relabel": ({ to }) => `A photo relabelled as ${to}.`,
  "example.confirm": () => "A doubted label confirmed.",
  "example.purpose": ({ isTest }) =>
    isTest
      ? "An example set aside for testing; it teaches nothing."
      : "An example taken out of the test; it teaches again.",
  "testSet.change": ({ isTest, photos }) => (isTest ? `Set aside for testing: ${photos}.` : `Given back: ${photos}.`),
  "reviews.decide": (facts) => `Corrections decided${listDecided(facts)}.`,
  "reviews.accept": ({ corrections }) => `${countCorrections(corrections)} accepted, because guests agreed.`,
  "reviews.undo": ({ corrections }) =>
    corrections === 0
      ? "Decisions on corrections taken back."
      : `${count(corrections, { one: "decision", other: "decisions" })} on corrections taken back.`,
  "reviews.skip": ({ corrections }) => `${countCorrections(corrections)} left for later.`,
  "pool.dismiss": () => "A photo that I was unsure of left out, without a label.",
  "pool.empty": ({ photos }) =>
    `All that I was unsure of left out, without a label: ${count(photos, { one: "photo", other: "photos" })}.`,
  "place.create": ({ place }) => `The place ${place} added.`,
  "place.change": ({ place }) => `The place ${place} changed.`,
  "place.delete": ({ place }) => `The place ${place} deleted.`,
  "webhook.create": ({ webhook }) => `The webhook ${webhook} made.`,
  "webhook.change": ({ webhook }) => `The webhook ${webhook} changed.`,
  "webhook.delete": ({ webhook }) => `The webhook ${webhook} deleted.`,
  "webhook.rotate": ({ webhook }) => `The webhook ${webhook} given a new secret.`,
  "webhook.test": ({ webhook }) => `A test message sent to the webhook ${webhook}.`,
  "webhook.redeliver": ({ webhook }) => `A message sent to the webhook ${webhook} again.`,
  "photos.forget": ({ photos, corrections }) => `Forgotten: ${countForgotten(photos, corrections)}.`,
  "contributor.forget": ({ photos, corrections }) =>
    `All of one contributor forgotten: ${countForgotten(photos, corrections)}.`,
  "teacher.forget": () => "All that the teacher said forgotten.",
  "head.activate": ({ version, hold }) => `Version ${version} made live${hold ? ", and later versions held" : ""}.`,
  "head.pin": ({ version }) => `Version ${version} pinned.`,
  "head.unpin": ({ version }) => `Version ${version} no longer pinned.`,
  "training.run": () => "A training run started by hand.",
  "keys.make": ({ role }) => `A key made that ${role}.`,
  "keys.rotate": () => "A key given a new secret.",
  "keys.revoke": () => "A key revoked.",
  "import.merge": () => "An export merged in.",
  "import.abort": () => "A restore was given up.",
  "backbone.begin": ({ backbone }) => `A change to the backbone ${backbone} begun.`,
  "backbone.move": ({ backbone }) => `The backbone ${backbone} in use from here on.`,
  "backbone.end": ({ backbone }) => `What was kept of the backbone ${backbone} deleted.`,
};
