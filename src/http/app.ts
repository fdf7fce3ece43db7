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
import { isStorageError, withoutParameters } from "../store/database.ts";
import { isOfAnotherBackbone } from "../store/second-backbone/backbone-guard.ts";
import { requireHuman } from "./access/human-check.ts";
import { identify } from "./access/identify.ts";
import { limitRequests } from "./access/limit-requests.ts";
import { refuseForeignPages, shareWithOrigins } from "./access/other-sites.ts";
import { findAllowedMethods, requireAccess } from "./access/require-access.ts";
import { bringCounts, poolAnswers } from "./answers/beside-answer.ts";
import { logRequests } from "./answers/log-requests.ts";
import { negotiate, revalidate } from "./answers/negotiate.ts";
import { respondProblem } from "./answers/problem-response.ts";
import { secureAnswers } from "./answers/secure-answers.ts";
import type { AppEnv } from "./app-env.ts";
import { repeatWrites } from "./body/idempotent.ts";
import { finishUploads, leaveRoom } from "./body/receive-body.ts";
import { HANDLERS } from "./handlers.ts";
import { formRoutes, showRefusalsAsPages } from "./pages/form-routes.tsx";
import { choosePageLanguage } from "./pages/page-language.ts";
import { pageRoutes } from "./pages/pages.tsx";
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
