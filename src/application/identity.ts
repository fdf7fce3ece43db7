/** Callers who are known: by a secret that `authenticate.ts` has found, or through Cloudflare Access. */
import type { KeyRole } from "../shared/role.ts";

/** A caller who has shown who they are. Guests have none: their identity is null. */
export interface Identity {
  readonly kind: "bootstrap" | "key" | "person";
  readonly role: KeyRole;
  /** `admin` for the bootstrap secret, a key's id, or `access:` and a person's address. */
  readonly actor: string;
  /** The place that a key is bound to. */
  readonly place?: string | null;
}

/** With the SHA-256 of the secret, by which a session finds it again. */
export interface SecretIdentity extends Identity {
  readonly secretHash: string;
}
