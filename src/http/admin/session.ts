/** Signing in and out of the page `/admin`, and who is signed in. Signing in is the one thing below /v1/admin that is open to everybody. */

import { accessOperations } from "../../operations/keys.ts";
import { sessionOperations } from "../../operations/session.ts";
import { hashSecret } from "../../shared/api-secret.ts";
import { foreignPage, kitchenNeedsRole, needsKey, wrongSignInCode } from "../../shared/english/access.ts";
import { err, ok } from "../../shared/result.ts";
import { reaches } from "../../shared/role.ts";
import { authenticate, identifyByHash } from "../authenticate.ts";
import { serve } from "../serve.ts";
import { endSession, startSession } from "../session-cookie.ts";

/** The page shows each role what it may do; who only asks about photos has nothing to do there. */
const LEAST_ROLE = "label";

/** Of `accessOperations` and `sessionOperations`. */
export const sessionHandlers = [
  serve(accessOperations.readIdentity, (c) => {
    const identity = c.get("identity");
    return identity === null
      ? err(needsKey({ least: "classify" }))
      : ok({ role: identity.role, actor: identity.actor });
  }),
  serve(sessionOperations.signIn, async (c, { body }) => {
    const identity = await authenticate(c, body.token);
    if (!identity.ok) return identity;
    if (!reaches(identity.value.role, LEAST_ROLE)) {
      return err(kitchenNeedsRole({ least: LEAST_ROLE, role: identity.value.role }));
    }
    await startSession(c, identity.value);
    return ok(null);
  }),
  serve(sessionOperations.signInByCode, async (c, { body }) => {
    const origin = c.req.header("origin");
    if (origin !== undefined && origin !== new URL(c.req.url).origin) return err(foreignPage());
    const { config, signInCodes, clock } = c.get("services");
    // Guesses need no limit: 256 bits, and a refusal costs one HMAC.
    if (!(await signInCodes.spend(body.code, clock()))) return err(wrongSignInCode());
    const identity = await identifyByHash(c, await hashSecret(config.adminToken));
    if (!identity.ok) return identity;
    await startSession(c, identity.value);
    return ok(null);
  }),
  serve(sessionOperations.signOut, (c) => {
    endSession(c);
    return ok(null);
  }),
];
