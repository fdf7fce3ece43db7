/** What every handler finds in its context. */
import type { Services } from "../services.ts";

/** Who is asking, decided once by `middleware/identify.ts`. */
export type Role = "guest" | "admin";

export interface AppEnv {
  readonly Bindings: Env;
  readonly Variables: {
    readonly services: Services;
    readonly role: Role;
    readonly requestId: string;
    /** Gives back the room that this request's photos took; set when they took some. */
    readonly leaveGate?: () => void;
  };
}
