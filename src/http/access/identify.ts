/**
 * Decides who is asking: the bearer of a key or of the admin token, somebody whom Cloudflare Access let in, a signed-in page, or a guest.
 * A wrong secret is refused, never treated as a guest's. Changes that a browser signs by itself must come from our own pages.
 */
import type { Context, MiddlewareHandler } from "hono";
import { csrf } from "hono/csrf";
import { createRemoteJWKSet, type JWTVerifyGetKey, jwtVerify } from "jose";
import type { Identity } from "../../application/caller.ts";
import { wrongAssertion } from "../../shared/english/access.ts";
import type { Problem } from "../../shared/problem.ts";
import { err, ok, type Result } from "../../shared/result.ts";
import { respondProblem } from "../answers/problem-response.ts";
import type { AppEnv } from "../app-env.ts";
import { authenticate } from "./authenticate.ts";
import { readSession } from "./session.ts";

/*
 * People who come through Cloudflare Access, where the deployment names its team and application: the signed assertion that Access puts
 * on each request, checked for signature, issuer, audience and time. The header alone is worth nothing: anybody can send one.
 */

const ASSERTION = "cf-access-jwt-assertion";
/** As long as a name in the audit log may be. */
const MAX_ACTOR_CHARACTERS = 100;
/** An assertion has about 1 KB; more is not even read. */
const MAX_ASSERTION_CHARACTERS = 8_192;

let known: { team: string; keys: JWTVerifyGetKey } | undefined;

/** The person behind the request, null where Access is not set up or says nothing. Error: `unauthorized`. */
async function readAccessPerson(c: Context<AppEnv>): Promise<Result<Identity | null, Problem>> {
  const { access } = c.get("services").config;
  const assertion = c.req.header(ASSERTION);
  if (access === null || assertion === undefined) return ok(null);
  if (assertion.length > MAX_ASSERTION_CHARACTERS) return WRONG_ASSERTION;
  const expected = { issuer: `https://${access.team}`, audience: access.audience, algorithms: ["RS256"] };
  try {
    const { payload } = await jwtVerify(assertion, signingKeys(access.team), expected);
    const name = typeof payload.email === "string" ? payload.email : (payload.sub ?? "");
    // A service token has no address: programs have keys of their own here.
    if (name === "") return WRONG_ASSERTION;
    return ok({ kind: "person", role: access.role, actor: `access:${name}`.slice(0, MAX_ACTOR_CHARACTERS) });
  } catch (error) {
    const code = error instanceof Error && "code" in error ? String(error.code) : "unknown";
    console.warn(JSON.stringify({ event: "access_refused", requestId: c.get("requestId"), code }));
    return WRONG_ASSERTION;
  }
}

/** The team's public keys, fetched when they are needed and kept for some minutes by the library. */
function signingKeys(team: string): JWTVerifyGetKey {
  if (known?.team !== team) {
    known = { team, keys: createRemoteJWKSet(new URL(`https://${team}/cdn-cgi/access/certs`)) };
  }
  return known.keys;
}

const WRONG_ASSERTION = err(wrongAssertion());

const verifyOrigin = csrf();

/** Sets `role`, `identity` and `actor` of the context; a wrong secret is answered with 401 and reaches no route. */
export function identify(): MiddlewareHandler<AppEnv> {
  return async function identify(c, next) {
    const authorization = c.req.header("authorization");
    if (authorization !== undefined) {
      // Two such headers arrive as one with a comma and a space in it, which is no secret.
      const identity = await authenticate(c, /^Bearer (\S+)$/i.exec(authorization)?.[1] ?? "");
      if (!identity.ok) return respondProblem(c, identity.error);
      become(c, identity.value);
      return next();
    }
    const person = await readAccessPerson(c);
    if (!person.ok) return respondProblem(c, person.error);
    const visitor = person.value ?? (await readSession(c));
    become(c, visitor);
    // The browser sends both by itself, whatever page asked for it.
    return visitor === null ? next() : verifyOrigin(c, next);
  };
}

function become(c: Context<AppEnv>, identity: Identity | null): void {
  c.set("identity", identity);
  c.set("role", identity?.role ?? "guest");
  c.set("actor", identity?.actor ?? "guest");
}
