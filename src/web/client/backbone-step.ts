/** What comes next in a change of the backbone, and the command that does it. Pure. */
import type { BackboneTexts } from "../texts/kitchen/en/backbone.ts";
import type { BackboneChange, SecondBackbone } from "./backbone-api.ts";

/** In the order in which a change goes through them. */
export type ChangeStep = keyof BackboneTexts["steps"];

/** Which backbone is deployed says more than how far the other one is. */
export function findStep(running: BackboneChange["running"], second: SecondBackbone): ChangeStep {
  if (running === second.id) return "complete";
  if (second.readyAt === null) return "prepare";
  if (second.movedAt !== null) return "kept";
  return second.head === null ? "train" : "deploy";
}

/** `place` is where the samples lie; null where the deployment has them itself. */
export function reembedCommand(place: string | null, backbone: string | null): string {
  const from = place ?? (backbone === null ? "--from-originals" : null);
  const parts = [from, backbone === null ? null : `--backbone ${backbone}`].filter((part) => part !== null);
  return `npx headstart reembed ${parts.join(" ")}`;
}

export function deployCommand(backbone: string): string {
  return `npm run backbone -- use ${backbone} && npm run deploy`;
}
