/** What identifies a file's bytes: SHA-256 for backbones, git's blob id where only that is published. */
import { createHash } from "node:crypto";
import type { IntegrityPin, KnownBackbone } from "./known-backbones.ts";
import { KNOWN_BACKBONES } from "./known-backbones.ts";

/** SHA-256 as lower-case hex. */
export function sha256Of(bytes: Uint8Array): string {
  return createHash("sha256").update(bytes).digest("hex");
}

/** The id of the bytes as a git blob: SHA-1 over `blob LENGTH NUL BYTES`. */
export function gitBlobIdOf(bytes: Uint8Array): string {
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}

/** True when the bytes are the ones that `pin` names. */
export function matchesPin(bytes: Uint8Array, pin: IntegrityPin): boolean {
  return "sha256" in pin ? sha256Of(bytes) === pin.sha256 : gitBlobIdOf(bytes) === pin.gitBlobId;
}

/** The known backbone with exactly these bytes. */
export function recogniseBackbone(bytes: Uint8Array): KnownBackbone | undefined {
  return KNOWN_BACKBONES.find(({ pin }) => matchesPin(bytes, pin));
}
