/** Somebody with a secret, as `authenticate.ts` found them. */
import type { Role } from "../shared/role.ts";

export interface Identity {
  readonly role: Role;
  /** `admin` for the bootstrap secret, else the key's id. */
  readonly actor: string;
  /** SHA-256 of the secret, by which a session finds it again. */
  readonly secretHash: string;
  readonly isBootstrap: boolean;
}
