/** Who asks or says something, as far as what they ask for depends on it, and what reaches them beside the answer. */
import type { Problem } from "../shared/problem.ts";
import { type Role, reaches } from "../shared/role.ts";
import type { Labeller } from "../store/labels.ts";
import type { UnsureAnswer } from "../store/pooled-samples.ts";
import type { Identity } from "./identity.ts";

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
