/** Signing in and out of the page `/admin`, and who is signed in. Signing in is the one admin route that is open to everybody. */
import { Hono } from "hono";
import { z } from "zod";
import { problem } from "../../shared/problem.ts";
import { reaches } from "../../shared/role.ts";
import type { AppEnv } from "../app-env.ts";
import { authenticate, MAX_SECRET_CHARACTERS } from "../authenticate.ts";
import { respondProblem } from "../problem-response.ts";
import { readJson } from "../request-body.ts";
import { endSession, startSession } from "../session-cookie.ts";

/** The page shows each role what it may do; who only asks about photos has nothing to do there. */
const LEAST_ROLE = "label";

export const signInSchema = z.strictObject({ token: z.string().max(MAX_SECRET_CHARACTERS) });

export const sessionRoutes = new Hono<AppEnv>()
  .get("/", (c) => c.json({ role: c.get("role"), actor: c.get("actor") }))
  .post("/", async (c) => {
    const body = await readJson(c, signInSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const identity = await authenticate(c, body.value.token);
    if (!identity.ok) return respondProblem(c, identity.error);
    if (!reaches(identity.value.role, LEAST_ROLE)) {
      const detail = `The kitchen needs a key with the role ${LEAST_ROLE}, review or admin; this one has ${identity.value.role}.`;
      return respondProblem(c, problem("forbidden", detail));
    }
    await startSession(c, identity.value);
    return c.body(null, 204);
  })
  .delete("/", (c) => {
    endSession(c);
    return c.body(null, 204);
  });
