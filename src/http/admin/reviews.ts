/** Guests' corrections and staff's decisions on them. */
import { Hono } from "hono";
import { z } from "zod";
import { countPendingReviews, decideReview, listPendingReviews } from "../../store/reviews.ts";
import type { AppEnv } from "../app-env.ts";
import { respondProblem } from "../problem-response.ts";
import { readJson } from "../request-body.ts";

const PAGE_SIZE = 100;
const decisionSchema = z.strictObject({ decision: z.enum(["accept", "reject"]) });

export const reviewRoutes = new Hono<AppEnv>()
  .get("/", async (c) => {
    const { db } = c.get("services");
    const [reviews, pending] = await Promise.all([listPendingReviews(db, PAGE_SIZE), countPendingReviews(db)]);
    const bodies = reviews.map((review) => ({ ...review, createdAt: new Date(review.createdAt).toISOString() }));
    return c.json({ reviews: bodies, pending });
  })
  .post("/:photo/:label", async (c) => {
    const body = await readJson(c, decisionSchema);
    if (!body.ok) return respondProblem(c, body.error);
    const { db, clock } = c.get("services");
    const { photo, label } = c.req.param();
    const { decision } = body.value;
    const decided = await decideReview(db, photo, label, decision, clock());
    return decided.ok ? c.json({ photo, label, decision }) : respondProblem(c, decided.error);
  });
