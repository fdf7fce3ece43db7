/** Signing in and out of the page `/admin`, and who is signed in. Signing in is the one thing below /v1/admin that is open to everybody. */

import { Hono } from "hono";
import { z } from "zod";
import { hashSecret } from "../../shared/api-secret.ts";
import { foreignPage, kitchenNeedsRole, wrongSignInCode } from "../../shared/english/access.ts";
import { reaches } from "../../shared/role.ts";
import type { AppEnv } from "../app-env.ts";
import { authenticate, identifyByHash, MAX_SECRET_CHARACTERS } from "../authenticate.ts";
import { respondProblem } from "../problem-response.ts";
import { readJson } from "../request-body.ts";
import { endSession, startSession } from "../session-cookie.ts";

/** The page shows each role what it may do; who only asks about photos has nothing to do there. */
const LEAST_ROLE = "label";

/** The body of `POST /v1/admin/session`: an API key or the admin token. */
export const signInSchema = z.strictObject({ token: z.string().max(MAX_SECRET_CHARACTERS) });

/** Of a link that `npm start` printed. */
export const signInByCodeSchema = z.strictObject({ code: z.string().max(MAX_SECRET_CHARACTERS) });

/** Mounted at `/v1/admin/session`. */
export const sessionRoutes = new Hono<AppEnv>()
  .get("/", (c) => c.json({ role: c.get("role"), actor: c.get("actor") }))
  .post("/", async (c) => {
    const body = await readJson(c, signInSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const identity = await authenticate(c, body.value.token);
    if (!identity.ok) return respondProblem(c, identity.error);
    if (!reaches(identity.value.role, LEAST_ROLE)) {
      return respondProblem(c, kitchenNeedsRole({ least: LEAST_ROLE, role: identity.value.role }));
    }
    await startSession(c, identity.value);
    return c.body(null, 204);
  })
  .post("/code", async (c) => {
    const body = await readJson(c, signInByCodeSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const origin = c.req.header("origin");
    if (origin !== undefined && origin !== new URL(c.req.url).origin) return respondProblem(c, foreignPage());
    const { config, signInCodes, clock } = c.get("services");
    // Guesses need no limit: 256 bits, and a refusal costs one HMAC.
    if (!(await signInCodes.spend(body.value.code, clock()))) return respondProblem(c, wrongSignInCode());
    const identity = await identifyByHash(c, await hashSecret(config.adminToken));
    if (!identity.ok) return respondProblem(c, identity.error);
    await startSession(c, identity.value);
    return c.body(null, 204);
  })
  .delete("/", (c) => {
    endSession(c);
    return c.body(null, 204);
  });
