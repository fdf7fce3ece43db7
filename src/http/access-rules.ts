/**
 * Who may call what: every route with the least role that it takes. A route that is missing here is refused to everybody,
 * and a test that walks over the app's routes fails for it. `middleware/require-access.ts` enforces it.
 */
import type { Config } from "../config.ts";
import type { Role } from "../shared/role.ts";

/** Variables by which the operator lets guests in. */
type Opening = "publicClassify" | "publicCorrections";

/** A caller passes with the role `least` or one above it; an opening that is on lets guests in without a role. */
export interface AccessRule {
  readonly least: Role;
  /** Guests may call it too when one of these is on. */
  readonly openedBy: readonly Opening[];
}

const GUEST = needs("guest");
const CLASSIFY = needs("classify");
const LABEL = needs("label");
const REVIEW = needs("review");
const ADMIN = needs("admin");

/** By method and path, the path as the routes are written. */
export const ACCESS_RULES: Readonly<Record<string, AccessRule>> = {
  // Pages are frames without data; signing in is for those who are nobody yet.
  "GET /": GUEST,
  "GET /admin": GUEST,
  "GET /admin/menu": GUEST,
  "GET /admin/menu/:item": GUEST,
  "GET /admin/look": GUEST,
  "GET /admin/map": GUEST,
  "GET /admin/versions": GUEST,
  "GET /admin/settings": GUEST,
  "GET /thanks": GUEST,
  "GET /v1/health": GUEST,
  "GET /v1/ready": GUEST,
  "POST /v1/admin/session": GUEST,
  "POST /v1/admin/session/code": GUEST,
  "DELETE /v1/admin/session": GUEST,

  // Whoever has a key may ask what it is.
  "GET /v1/admin/session": CLASSIFY,
  "GET /v1/menu": needs("classify", "publicClassify", "publicCorrections"),
  "POST /v1/classify": needs("classify", "publicClassify"),
  "POST /v1/labels": needs("label", "publicCorrections"),
  "POST /v1/suggestions": needs("label", "publicCorrections"),
  // The same three from a page without script.
  "POST /": needs("classify", "publicClassify"),
  "POST /reply": needs("label", "publicCorrections"),
  "POST /suggest": needs("label", "publicCorrections"),

  // What a program that brings labelled photos needs.
  "GET /v1/admin/classes": LABEL,
  "POST /v1/admin/classes/:id/examples": LABEL,
  "POST /v1/admin/examples/known": LABEL,

  // Deciding on corrections, looking labels over, and what one must see for that.
  "GET /v1/admin/overview": REVIEW,
  "GET /v1/admin/reviews": REVIEW,
  "POST /v1/admin/reviews": REVIEW,
  "GET /v1/admin/reviews/next": REVIEW,
  "POST /v1/admin/reviews/skip": REVIEW,
  "POST /v1/admin/reviews/undo": REVIEW,
  "POST /v1/admin/reviews/:photo/:label": REVIEW,
  "GET /v1/admin/suggestions": REVIEW,
  "GET /v1/admin/pool": REVIEW,
  "POST /v1/admin/pool/:photo": REVIEW,
  "DELETE /v1/admin/pool/:photo": REVIEW,
  "GET /v1/admin/teacher": REVIEW,
  "GET /v1/admin/teacher/labels": REVIEW,
  "GET /v1/admin/places": REVIEW,
  "GET /v1/admin/examples": REVIEW,
  "GET /v1/admin/examples/:photo/picture": REVIEW,
  "PATCH /v1/admin/examples": REVIEW,
  "GET /v1/admin/pictures": REVIEW,
  "PATCH /v1/admin/examples/:photo": REVIEW,
  "GET /v1/admin/photos/:photo/explanation": REVIEW,
  "GET /v1/admin/suspects": REVIEW,
  "GET /v1/admin/test-set": REVIEW,
  "GET /v1/admin/second-backbone": REVIEW,
  "GET /v1/admin/second-backbone/missing": REVIEW,
  "GET /v1/admin/heads": REVIEW,
  "GET /v1/admin/heads/compare": REVIEW,
  "GET /v1/admin/heads/:version": REVIEW,
  "GET /v1/admin/heads/:version/mistakes": REVIEW,
  "GET /v1/admin/heads/:version/map": REVIEW,
  "GET /v1/admin/training-runs": REVIEW,
  "GET /v1/admin/limits": REVIEW,

  // What changes the menu, what is served, or cannot be undone; and what shows everything.
  "POST /v1/admin/classes": ADMIN,
  "PUT /v1/admin/classes/order": ADMIN,
  "PATCH /v1/admin/classes/:id": ADMIN,
  "POST /v1/admin/classes/:id/merge": ADMIN,
  "DELETE /v1/admin/classes/:id": ADMIN,
  "POST /v1/admin/examples/forget": ADMIN,
  "DELETE /v1/admin/examples/:photo": ADMIN,
  "DELETE /v1/admin/contributors/:contributor": ADMIN,
  "POST /v1/admin/heads/:version/activate": ADMIN,
  "PATCH /v1/admin/heads/:version": ADMIN,
  "POST /v1/admin/test-set": ADMIN,
  "PUT /v1/admin/second-backbone": ADMIN,
  "DELETE /v1/admin/second-backbone": ADMIN,
  "POST /v1/admin/second-backbone/embeddings": ADMIN,
  "POST /v1/admin/second-backbone/head": ADMIN,
  "DELETE /v1/admin/suggestions/:id": ADMIN,
  "DELETE /v1/admin/pool": ADMIN,
  "DELETE /v1/admin/teacher/labels": ADMIN,
  "POST /v1/admin/places": ADMIN,
  "PATCH /v1/admin/places/:id": ADMIN,
  "DELETE /v1/admin/places/:id": ADMIN,
  "POST /v1/admin/training-runs": ADMIN,
  "GET /v1/admin/keys": ADMIN,
  "POST /v1/admin/keys": ADMIN,
  "POST /v1/admin/keys/:id/rotate": ADMIN,
  "DELETE /v1/admin/keys/:id": ADMIN,
  "GET /v1/admin/webhooks": ADMIN,
  "POST /v1/admin/webhooks": ADMIN,
  "PATCH /v1/admin/webhooks/:id": ADMIN,
  "DELETE /v1/admin/webhooks/:id": ADMIN,
  "POST /v1/admin/webhooks/:id/rotate": ADMIN,
  "POST /v1/admin/webhooks/:id/test": ADMIN,
  "GET /v1/admin/webhooks/:id/deliveries": ADMIN,
  "POST /v1/admin/webhooks/:id/deliveries/:delivery/redeliver": ADMIN,
  "GET /v1/admin/drift": ADMIN,
  "GET /v1/admin/metrics": ADMIN,
  "GET /v1/admin/audit-log": ADMIN,
  "GET /v1/admin/audit": ADMIN,
  "GET /v1/admin/heads/:version/onnx": ADMIN,
  "GET /v1/admin/backups": ADMIN,
  "POST /v1/admin/backups": ADMIN,
  "GET /v1/admin/backups/:name": ADMIN,
  "GET /v1/admin/export": ADMIN,
  "POST /v1/admin/import": ADMIN,
  "DELETE /v1/admin/import": ADMIN,
};

/** The rule of a route, undefined where nobody wrote one. */
export function findAccessRule(method: string, path: string): AccessRule | undefined {
  return Object.hasOwn(ACCESS_RULES, `${method} ${path}`) ? ACCESS_RULES[`${method} ${path}`] : undefined;
}

/** The least role that a route takes in this deployment. */
export function leastRole({ least, openedBy }: AccessRule, config: Pick<Config, Opening>): Role {
  return openedBy.some((opening) => config[opening]) ? "guest" : least;
}

function needs(least: Role, ...openedBy: Opening[]): AccessRule {
  return { least, openedBy };
}
