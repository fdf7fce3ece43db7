/** What an embedder on the guest's device is to the page, and why there may be none. */
import type { Result } from "../../shared/result.ts";
import type { Problem } from "./problem.ts";

/** Embeds on the device that it runs on; what it is given does not leave it. */
export interface DeviceEmbedder<Sample extends readonly unknown[]> {
  /** The message to send instead of the sample, or why there is none. */
  embed(...sample: Sample): Promise<Result<Blob, Problem>>;
}

/** The backbone cannot be brought onto this device; the message is the key of the words for it in every language. */
export class DeviceError extends Error {
  override readonly name = "DeviceError";

  constructor(fault: "insecure" | "damaged" | "stopped" | "missing" | "unsupported") {
    super(fault);
  }
}
