/** Who asks or says something, as far as what they ask for depends on it, and what reaches them beside the answer. */

import type { Problem } from "../shared/problem.ts";
import { type KeyRole, type Role, reaches } from "../shared/role.ts";
import type { Labeller } from "../store/labels/labels.ts";
import type { UnsureAnswer } from "../store/pool/pooled-samples.ts";

/* Callers who are known: by a secret that `authenticate.ts` has found, or through Cloudflare Access. */

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

/** Made by whatever a request came through. */
export interface Caller {
  readonly role: Role;
  /** Null for guests. */
  readonly identity: Identity | null;
  /** Who they are in the audit log. */
  readonly actor: string;
  /** The name under which what they send is kept. */
  readonly readContributor: () => Promise<string>;
  /** The one of these languages in which they read; undefined where they read none of them. */
  readonly chooseLanguage: (languages: readonly string[]) => string | undefined;
  /** Counts one more of a list against their limits. Null while it is within them. */
  readonly refuseOneMore: () => Promise<Problem | null>;
  /** Lets work end that others wait for too, even if the caller leaves. */
  readonly keepAlive: (work: Promise<unknown>) => void;
  /** Takes an answer that the pool may keep. */
  readonly noteUnsure: (answer: UnsureAnswer) => void;
  /** Says how long a step took, in ms. */
  readonly showTime: (step: "decode" | "embed" | "head", ms: number) => void;
}

/** With how far their labels reach: a program's key that may only label never overrules anybody. */
export async function labellerOf({ role, readContributor }: Caller): Promise<Labeller> {
  return { contributor: await readContributor(), authority: reaches(role, "review") ? "staff" : "own" };
}
