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
import { findAllowedMethods } from "./allowed-methods.ts";
import type { AppEnv } from "./app-env.ts";
import { formRoutes } from "./form-routes.tsx";
import { HANDLERS } from "./handlers.ts";
import { bringCounts } from "./middleware/bring-counts.ts";
import { finishUploads } from "./middleware/finish-uploads.ts";
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
import { leaveRoom } from "./receive-body.ts";
import { mount } from "./serve.ts";

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
  .use(finishUploads())
  .use(bringCounts())
  .use(poolAnswers())
  .use(leaveRoom())
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
  .notFound(explainMiss)
  .onError((error, c) => respondProblem(c, toProblem(error, c)));

mount(app, HANDLERS);

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
