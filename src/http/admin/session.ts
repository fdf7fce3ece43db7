/** Signing in and out of the page `/admin`. Signing in is the one admin route that is open to everybody. */
import { Hono } from "hono";
import { timingSafeEqual } from "hono/utils/buffer";
import { z } from "zod";
import { problem } from "../../shared/problem.ts";
import type { AppEnv } from "../app-env.ts";
import { respondProblem } from "../problem-response.ts";
import { readJson } from "../request-body.ts";
import { endSession, startSession } from "../session-cookie.ts";

export const signInSchema = z.strictObject({ token: z.string().max(512) });

export const sessionRoutes = new Hono<AppEnv>()
  .post("/", async (c) => {
    const body = await readJson(c, signInSchema);
    if (!body.ok) return respondProblem(c, body.error);
    if (!(await timingSafeEqual(body.value.token, c.get("services").config.adminToken))) {
      return respondProblem(
        c,
        problem("unauthorized", "This is not the admin token. `npm start` prints the local one."),
      );
    }
    await startSession(c);
    return c.body(null, 204);
  })
  .delete("/", (c) => {
    endSession(c);
    return c.body(null, 204);
  });
