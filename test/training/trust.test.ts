import { describe, expect, it } from "vitest";
import { readClientNetwork } from "../../src/http/access/contributor.ts";
import { countIndependent, nameGuest, siteOf } from "../../src/shared/contributor.ts";
import { NONE_ID } from "../../src/shared/none-label.ts";
import type { PendingReview } from "../../src/store/reviews/reviews.ts";
import { type AutoAcceptRule, chooseAgreements, findCandidates } from "../../src/training/agreement.ts";
import { assessCorrection, groupReviews } from "../../src/training/reviews.ts";
import { BACKBONE_ID, makeEmbeddedPhotos } from "../support/embedded-photos.ts";
import { makeServedHead } from "../support/served-head.ts";

const served = makeServedHead(["pepperoni", "hawaiian", "margherita", "mushroom"]);
const pictures = [0, 1, 2, 3].map((kind) => makeEmbeddedPhotos(kind, 20, 8));
const guest = (site: number, network = 0) =>
  nameGuest(site.toString(16).padStart(8, "0").padEnd(12, "0"), network.toString(16).padStart(12, "0"));

function review(kind: number, i: number, changes: Partial<PendingReview> = {}): PendingReview {
  const photo = pictures[kind][i];
  const labelled = { photo: photo.sampleId, embedding: photo.embedding, backboneId: BACKBONE_ID, origin: photo.origin };
  const rest = {
    label: "pepperoni",
    name: "Pepperoni",
    contributor: guest(1),
    guess: null,
    createdAt: 1_000 + i,
    skippedAt: null,
  };
  return { ...labelled, ...rest, ...changes };
}

describe("a client's network", () => {
  it.each([
    ["198.51.100.7", "198.51.100.7", "198.51.100.0/24"],
    ["::ffff:198.51.100.7", "198.51.100.7", "198.51.100.0/24"],
    ["2001:db8::1", "2001:db8:0:0::/64", "2001:db8:0::/48"],
    ["2001:0DB8:0000:0000:ffff::", "2001:db8:0:0::/64", "2001:db8:0::/48"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64", "2001:db8:1::/48"],
    ["::1", "0:0:0:0::/64", "0:0:0::/48"],
  ])("of %s is %s at %s", (address, network, site) => {
    expect(readClientNetwork(address)).toEqual({ network, site, isSiteOfOne: site.endsWith("/48") });
  });

  it.each(["", "hello", "1::2::3", "1:2:3:4:5:6:7", "1:2:3:4:5:6:7:8:9", "12345::1", "1:2:3:4:5:6:7::8:9"])(
    "that cannot be read is one and the same: %s",
    (address) => {
      expect(readClientNetwork(address)).toEqual({
        network: "unreadable",
        site: "unreadable",
        isSiteOfOne: false,
      });
    },
  );

  it("is local where no proxy says differently", () => {
    expect(readClientNetwork(undefined)).toEqual({ network: "local", site: "local", isSiteOfOne: false });
  });

  it("is independent of another one only at another site", () => {
    expect(siteOf(guest(1, 2))).toBe(siteOf(guest(1, 3)));
    expect(countIndependent([guest(1, 2), guest(1, 3), guest(2, 2), "staff", "staff"])).toBe(3);
  });
});

describe("the usefulness of a correction", () => {
  const assess = (changes: Partial<PendingReview>) => assessCorrection(served, review(0, 0, changes));

  it("is higher the less the head agrees, and always between 0 and 1", () => {
    const agreed = assess({ label: "pepperoni" });
    const refused = assess({ label: "hawaiian" });
    expect(agreed.scores[0].classId).toBe("pepperoni");
    expect(refused.usefulness).toBeGreaterThan(agreed.usefulness);
    for (const { usefulness } of [agreed, refused]) {
      expect(usefulness).toBeGreaterThanOrEqual(0);
      expect(usefulness).toBeLessThanOrEqual(1);
    }
  });

  it("is .4, .3 and .3 of its three parts", () => {
    const { usefulness, disagreement, entropy, suspicion, scores } = assess({ label: "mushroom" });
    const given = scores.find(({ classId }) => classId === "mushroom")?.score ?? Number.NaN;
    expect(disagreement).toBeCloseTo(1 - given, 12);
    expect(suspicion).toBeCloseTo(scores[0].score - given, 12);
    expect(entropy).toBeGreaterThanOrEqual(0);
    expect(entropy).toBeLessThanOrEqual(1);
    expect(usefulness).toBeCloseTo(0.4 * disagreement + 0.3 * entropy + 0.3 * suspicion, 12);
  });

  it("is halved for a device's embedding", () => {
    expect(assess({ origin: "device" }).usefulness).toBeCloseTo(assess({}).usefulness / 2, 12);
  });

  it("is the same for all while no head can tell", () => {
    const without = assessCorrection(null, review(0, 0));
    expect(without).toMatchObject({ usefulness: 0.7, scores: [] });
    expect(assess({ backboneId: "another" }).usefulness).toBe(0.7);
  });

  it("comes with a doubt where the head is sure of another item, or of none, and can promise to find mistakes", () => {
    const far = makeEmbeddedPhotos(9, 1)[0].embedding;
    expect(served.doubtBelow).not.toBeNull();
    expect(assess({ label: "pepperoni" }).isDoubted).toBe(false);
    expect(assess({ label: "hawaiian" }).isDoubted).toBe(true);
    expect(assess({ label: "hawaiian", embedding: far }).isDoubted).toBe(true);
    const unsure = { ...served, doubtBelow: null };
    expect(assessCorrection(unsure, review(0, 0, { label: "hawaiian" })).isDoubted).toBe(false);
    expect(assessCorrection(unsure, review(0, 0, { label: "hawaiian", embedding: far })).isDoubted).toBe(true);
  });

  it("of a class that the head does not know yet is news, not a mistake", () => {
    expect(assess({ label: "four-cheese" })).toMatchObject({ disagreement: 1, suspicion: 0, isDoubted: false });
  });
});

describe('a correction to "not on the menu"', () => {
  const far = makeEmbeddedPhotos(9, 1)[0];
  const stranger = { photo: far.sampleId, embedding: far.embedding, label: NONE_ID };
  const rule: AutoAcceptRule = { sources: 3, minScore: 0.5, maxPerSource: 5 };
  const agree = (changes: Partial<PendingReview>) =>
    [1, 2, 3].map((site) => review(0, 0, { contributor: guest(site), ...changes }));

  it("is believed as far as the head finds the photo strange", () => {
    const believed = assessCorrection(served, review(0, 0, stranger));
    const doubted = assessCorrection(served, review(0, 0, { label: NONE_ID }));
    expect(believed.given).toBeGreaterThanOrEqual(0.5);
    expect(doubted.given).toBeLessThan(0.1);
    expect(doubted.suspicion).toBeGreaterThan(0.5);
    expect(doubted.isDoubted).toBe(false);
    expect(doubted.usefulness).toBeGreaterThan(believed.usefulness);
  });

  it("is news to a head from before distances were measured, and nothing that it could find plausible", () => {
    const { strangeness: _, ...head } = served.head;
    const before = { ...served, head };
    expect(assessCorrection(before, review(0, 0, stranger))).toMatchObject({ disagreement: 1, suspicion: 0 });
    expect(findCandidates(agree(stranger), before, { ...rule, minScore: 0 })).toEqual([]);
  });

  it("counts by agreement only where the head finds the photo strange, however many say so", () => {
    expect(findCandidates(agree(stranger), served, rule)).toHaveLength(1);
    expect(findCandidates(agree({ label: NONE_ID }), served, rule)).toEqual([]);
    expect(findCandidates([...agree(stranger), ...agree({ ...stranger, label: "hawaiian" })], served, rule)).toEqual(
      [],
    );
  });
});

describe("the order of the queue", () => {
  it("lets a picture that many see pass one that one sees", () => {
    const many = [1, 2, 3, 4].map((site) => review(0, 0, { contributor: guest(site), label: "hawaiian" }));
    const [first, second] = groupReviews(
      [review(1, 0, { contributor: guest(9), label: "mushroom" }), ...many],
      served,
      new Map(),
    );
    expect(first.members).toHaveLength(4);
    expect(first).toMatchObject({ sources: 4, conflicts: [] });
    expect(first.priority).toBeCloseTo(3 * first.members[0].usefulness, 12);
    expect(second.sources).toBe(1);
  });

  it("does not let one source bury the others by sending much", () => {
    const flood = pictures[0].map((_, i) => review(0, i, { contributor: guest(1), label: "hawaiian" }));
    const honest = review(2, 0, { contributor: guest(2), label: "mushroom", createdAt: 9_999 });
    const groups = groupReviews([...flood, honest], served, new Map());
    const place = groups.findIndex(({ members }) => members[0].photo === honest.photo);
    expect(groups.length).toBeGreaterThan(15);
    expect(place).toBeLessThan(3);
  });

  it("counts neighbours of one site as one source", () => {
    const neighbours = [1, 2, 3].map((network) => review(0, 0, { contributor: guest(1, network) }));
    expect(groupReviews(neighbours, served, new Map())[0].sources).toBe(1);
  });

  it("names a conflict among guests, and with what staff have said", () => {
    const both = [review(0, 0, { contributor: guest(1) }), review(0, 0, { contributor: guest(2), label: "hawaiian" })];
    expect(groupReviews(both, served, new Map())[0].conflicts.toSorted()).toEqual(["hawaiian", "pepperoni"]);
    const stored = new Map([[pictures[0][0].sampleId, "mushroom"]]);
    expect(groupReviews([both[0]], served, stored)[0].conflicts).toEqual(["pepperoni", "mushroom"]);
    expect(groupReviews([both[0]], served, new Map([[pictures[0][0].sampleId, "pepperoni"]]))[0].conflicts).toEqual([]);
  });

  it("is the same whatever order the corrections come in", () => {
    const all = [0, 1, 2, 3].map((kind) => review(kind, kind, { contributor: guest(kind), label: "mushroom" }));
    const order = (reviews: PendingReview[]) =>
      groupReviews(reviews, served, new Map()).map(({ members }) => members[0].photo);
    expect(order(all.toReversed())).toEqual(order(all));
  });
});

describe("the rule of agreement", () => {
  const rule: AutoAcceptRule = { sources: 3, minScore: 0.5, maxPerSource: 5 };
  const agree = (sites: number[], changes: Partial<PendingReview> = {}) =>
    sites.map((site) => review(0, 0, { contributor: guest(site), createdAt: site, ...changes }));
  const accept = (reviews: PendingReview[], { stored = new Set<string>(), spent = new Map<string, number>() } = {}) =>
    chooseAgreements(findCandidates(reviews, served, rule), stored, spent, rule);

  it("accepts what enough independent sources say and the head finds plausible, for the earliest of them", () => {
    const [agreement, ...others] = accept(agree([1, 2, 3]));
    expect(others).toEqual([]);
    expect(agreement).toMatchObject({ label: "pepperoni", photos: [pictures[0][0].sampleId] });
    expect(agreement.chosen.contributor).toBe(guest(1));
  });

  const cases: [string, PendingReview[]][] = [
    ["too few sources", agree([1, 2])],
    ["one source three times", agree([1, 1, 1])],
    ["three networks of one site", [1, 2, 3].map((network) => review(0, 0, { contributor: guest(1, network) }))],
    ["an implausible label", agree([1, 2, 3], { label: "hawaiian" })],
    ["embeddings that devices made", agree([1, 2, 3], { origin: "device" })],
    ["a device among the three", [...agree([1, 2]), ...agree([3], { origin: "device" })]],
    ["somebody who says otherwise", [...agree([1, 2, 3]), ...agree([4], { label: "mushroom" })]],
    ["a device that says otherwise", [...agree([1, 2, 3]), ...agree([4], { label: "mushroom", origin: "device" })]],
    [
      "somebody who says otherwise of the same picture in another file",
      [...agree([1, 2, 3]), ...agree([4], { label: "mushroom", photo: "f".repeat(64) })],
    ],
    ["embeddings of another backbone", agree([1, 2, 3], { backboneId: "another" })],
  ];
  it.each(cases)("does not accept %s", (_name, reviews) => {
    expect(accept(reviews)).toEqual([]);
  });

  it("never overrules a label that the photo has", () => {
    expect(accept(agree([1, 2, 3]), { stored: new Set([pictures[0][0].sampleId]) })).toEqual([]);
  });

  it("takes nobody for a witness who has used up the allowance", () => {
    expect(accept(agree([1, 2, 3]), { spent: new Map([[guest(2), 5]]) })).toEqual([]);
    const [agreement] = accept(agree([1, 2, 3, 4]), { spent: new Map([[guest(1), 5]]) });
    expect(agreement.chosen.contributor).toBe(guest(2));
  });

  it("lets one source have no more than its allowance in one step", () => {
    const many = pictures[0].flatMap((_, i) => [1, 2, 3].map((site) => review(0, i, { contributor: guest(site) })));
    const agreements = accept(many);
    expect(agreements).toHaveLength(rule.maxPerSource);
    expect(new Set(agreements.map(({ chosen }) => chosen.contributor))).toEqual(new Set([guest(1)]));
  });

  it("finds nothing plausible without a head", () => {
    expect(findCandidates(agree([1, 2, 3]), null, rule)).toEqual([]);
  });
});
