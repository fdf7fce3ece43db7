/** The routes, the middleware around them, and the one place where a thrown error becomes an answer. */

import { type Context, Hono } from "hono";
import { HTTPException } from "hono/http-exception";
import { requestId } from "hono/request-id";
import { timing } from "hono/timing";
import { BackboneError } from "../backbone/loader.ts";
import { ConfigError } from "../config.ts";
import { getServices } from "../services.ts";
import { foreignPage } from "../shared/english/access.ts";
import { backboneChangedSince } from "../shared/english/labels.ts";
import {
  databaseSilent,
  methodUnknown,
  nothingThere,
  somethingBroke,
  wrongSetting,
} from "../shared/english/requests.ts";
import { backboneBroken } from "../shared/english/versions.ts";
import type { Problem } from "../shared/problem.ts";
import { isOfAnotherBackbone } from "../store/backbone-guard.ts";
import { isStorageError, withoutParameters } from "../store/database.ts";
import { auditRoutes } from "./admin/audit.ts";
import { backupRoutes } from "./admin/backups.ts";
import { classRoutes } from "./admin/classes.ts";
import { driftRoutes } from "./admin/drift.ts";
import { exampleChangeRoutes } from "./admin/example-changes.ts";
import { exampleRoutes } from "./admin/examples.ts";
import { explanationRoutes } from "./admin/explanations.ts";
import { headRoutes } from "./admin/heads.ts";
import { keyRoutes } from "./admin/keys.ts";
import { labelledRoutes } from "./admin/labelled.ts";
import { limitRoutes } from "./admin/limits.ts";
import { mapRoutes } from "./admin/map.ts";
import { metricsRoutes } from "./admin/metrics.ts";
import { mistakeRoutes } from "./admin/mistakes.ts";
import { pictureRoutes } from "./admin/pictures.ts";
import { placeRoutes } from "./admin/places.ts";
import { poolRoutes } from "./admin/pool.ts";
import { portableRoutes } from "./admin/portable.ts";
import { reviewRoutes } from "./admin/reviews.ts";
import { secondBackboneRoutes } from "./admin/second-backbone.ts";
import { sessionRoutes } from "./admin/session.ts";
import { adminSuggestionRoutes } from "./admin/suggestions.ts";
import { teacherRoutes } from "./admin/teacher.ts";
import { testSetRoutes } from "./admin/test-set.ts";
import { trainingRoutes } from "./admin/training.ts";
import { transferRoutes } from "./admin/transfer.ts";
import { webhookRoutes } from "./admin/webhooks.ts";
import { findAllowedMethods } from "./allowed-methods.ts";
import type { AppEnv } from "./app-env.ts";
import { classifyRoutes } from "./classify.ts";
import { formRoutes } from "./form-routes.tsx";
import { labelRoutes } from "./labels.ts";
import { menuRoutes } from "./menu.ts";
import { bringCounts } from "./middleware/bring-counts.ts";
import { repeatWrites } from "./middleware/idempotent.ts";
import { identify } from "./middleware/identify.ts";
import { limitRequests } from "./middleware/limit-requests.ts";
import { logRequests } from "./middleware/log-requests.ts";
import { negotiate } from "./middleware/negotiate.ts";
import { poolAnswers } from "./middleware/pool-answers.ts";
import { refuseForeignPages } from "./middleware/refuse-foreign-pages.ts";
import { requireAccess } from "./middleware/require-access.ts";
import { requireHuman } from "./middleware/require-human.ts";
import { revalidate } from "./middleware/revalidate.ts";
import { secureAnswers } from "./middleware/secure-answers.ts";
import { shareWithOrigins } from "./middleware/share-with-origins.ts";
import { showRefusalsAsPages } from "./middleware/show-refusals-as-pages.tsx";
import { choosePageLanguage } from "./page-language.ts";
import { pageRoutes } from "./pages.tsx";
import { respondProblem } from "./problem-response.ts";
import { readyRoutes } from "./ready.ts";
import { suggestionRoutes } from "./suggestions.ts";

const adminRoutes = new Hono<AppEnv>()
  .route("/session", sessionRoutes)
  .route("/classes", classRoutes)
  .route("/reviews", reviewRoutes)
  .route("/keys", keyRoutes)
  .route("/limits", limitRoutes)
  .route("/drift", driftRoutes)
  .route("/metrics", metricsRoutes)
  .route("/heads", headRoutes)
  .route("/heads", portableRoutes)
  .route("/heads", mistakeRoutes)
  .route("/heads", mapRoutes)
  .route("/suggestions", adminSuggestionRoutes)
  .route("/pool", poolRoutes)
  .route("/teacher", teacherRoutes)
  .route("/places", placeRoutes)
  .route("/backups", backupRoutes)
  .route("/webhooks", webhookRoutes)
  .route("/second-backbone", secondBackboneRoutes)
  .route("/test-set", testSetRoutes)
  .route("/photos", explanationRoutes)
  .route("/", exampleRoutes)
  .route("/", labelledRoutes)
  .route("/", exampleChangeRoutes)
  .route("/", pictureRoutes)
  .route("/", trainingRoutes)
  .route("/", auditRoutes)
  .route("/", transferRoutes);

/** The order of the middleware matters: what stands further up sees the answers of all below it. */
export const app = new Hono<AppEnv>()
  .use(requestId())
  .use(logRequests())
  .use(secureAnswers())
  .use(timing({ total: false }))
  .get("/v1/health", (c) => c.json({ status: "ok" }))
  .use(choosePageLanguage())
  .use(showRefusalsAsPages())
  .use(async function provideServices(c, next) {
    c.set("services", getServices(c.env));
    return next();
  })
  .use(bringCounts())
  .use(poolAnswers())
  .use(async function leaveRoom(c, next) {
    try {
      await next();
    } finally {
      c.get("leaveRoom")?.();
    }
  })
  .use("/v1/*", shareWithOrigins())
  .use("/v1/*", negotiate())
  .use(identify())
  .use(refuseForeignPages())
  .use(requireAccess())
  .use(limitRequests())
  .use(requireHuman())
  .use("/v1/*", revalidate())
  .use("/v1/*", repeatWrites())
  .route("/", pageRoutes)
  .route("/", formRoutes)
  .route("/v1/ready", readyRoutes)
  .route("/v1/menu", menuRoutes)
  .route("/v1/classify", classifyRoutes)
  .route("/v1/labels", labelRoutes)
  .route("/v1/suggestions", suggestionRoutes)
  .route("/v1/admin", adminRoutes)
  .notFound(explainMiss)
  .onError((error, c) => respondProblem(c, toProblem(error, c)));

/** A path that knows other methods names them. */
function explainMiss(c: Context<AppEnv>): Response {
  const allowed = findAllowedMethods(c.req.path);
  if (allowed.length === 0) {
    return respondProblem(c, nothingThere({ method: c.req.method, path: c.req.path }));
  }
  c.header("allow", allowed.join(", "));
  return respondProblem(c, methodUnknown({ method: c.req.method, path: c.req.path, known: allowed.join(", ") }));
}

/** Expected trouble gets its own code; anything else is a bug, logged under the request's id and not shown. */
function toProblem(error: Error, c: Context<AppEnv>): Problem {
  if (error instanceof HTTPException && error.status === 403) {
    return foreignPage();
  }
  const shown = withoutParameters(error);
  const log = { event: "request_failed", requestId: c.get("requestId"), path: c.req.path, reason: String(shown) };
  console.error(JSON.stringify({ ...log, stack: shown.stack }));
  if (error instanceof ConfigError) return wrongSetting({ fault: error.message });
  if (error instanceof BackboneError) return backboneBroken({ fault: error.message });
  if (isOfAnotherBackbone(error)) return backboneChangedSince();
  if (isStorageError(error)) {
    return databaseSilent();
  }
  return somethingBroke();
}
