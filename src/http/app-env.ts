/** What every handler finds in its context. */

import type { Identity } from "../application/caller.ts";
import type { Services } from "../services.ts";
import type { Role } from "../shared/role.ts";
import type { UnsureAnswer } from "../store/pool/pooled-samples.ts";

/** The type parameter of every `Context`; middleware sets the variables before a handler runs. */
export interface AppEnv {
  readonly Bindings: Env;
  readonly Variables: {
    readonly services: Services;
    /** What whoever is asking may do, decided once by `access/identify.ts`. */
    readonly role: Role;
    /** The key or token that they came with; null for guests. */
    readonly identity: Identity | null;
    /** Who they are in the audit log: `admin`, a key's id, or `guest`. */
    readonly actor: string;
    /** Set once a guest has passed the human check. */
    readonly isHuman?: boolean;
    readonly requestId: string;
    /** The code of the problem that the request was answered with. */
    readonly problem?: string;
    /** Gives back the room that this request's body took; set when it took some. */
    readonly leaveRoom?: () => void;
    /** What this request's answers were unsure of, for the pool. */
    readonly unsure?: readonly UnsureAnswer[];
    /** Somebody wants the SHA-256 of the body, which is `bodyHash` once a handler has received it whole. */
    readonly wantsBodyHash?: boolean;
    readonly bodyHash?: ArrayBuffer;
  };
}
