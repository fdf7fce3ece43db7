/** What the kitchen says comes next in a change of the backbone, and the commands that it shows. */
import { describe, expect, it } from "vitest";
import type { SecondBackbone } from "../../src/web/client/backbone-api.ts";
import { findStep, reembedCommand } from "../../src/web/client/backbone-step.ts";

const BEGUN: SecondBackbone = {
  id: "other",
  name: "other",
  inUseName: "ours",
  embedded: 3,
  missing: 2,
  left: 0,
  readyAt: null,
  movedAt: null,
  head: null,
  comparison: null,
};
const READY = { ...BEGUN, readyAt: "2026-01-02T03:04:05.000Z" };
const JUDGED = { ...READY, head: { version: 4 } };
const MOVED = { ...JUDGED, movedAt: "2026-01-03T03:04:05.000Z" };

describe("what comes next in a change of the backbone", () => {
  it.each([
    ["prepare", "ours", BEGUN],
    ["train", "ours", READY],
    ["deploy", "ours", JUDGED],
    ["complete", "other", JUDGED],
    ["kept", "ours", MOVED],
    ["complete", "other", MOVED],
  ] as const)("is to %s while %s is deployed", (step, running, second) => {
    expect(findStep(running, second)).toBe(step);
  });

  it.each([
    ["photos/", "other", "npx headstart reembed photos/ --backbone other"],
    [null, "other", "npx headstart reembed --backbone other"],
    ["photos/", null, "npx headstart reembed photos/"],
    [null, null, "npx headstart reembed --from-originals"],
  ])("takes what lies at %s for %s by a command", (place, backbone, command) => {
    expect(reembedCommand(place, backbone)).toBe(command);
  });
});
