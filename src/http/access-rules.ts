/**
 * Who may call what: every route with the least role that it takes. Operations bring their own rule, pages have theirs here. A route
 * without one is refused to everybody, and a test that walks over the app's routes fails for it. `middleware/require-access.ts` enforces it.
 */
import { type AccessRule, needs } from "../operations/access-rule.ts";
import { OPERATIONS } from "../operations/groups.ts";

const GUEST = needs("guest");

/** Pages are frames without data; what they post is what the API takes. */
const PAGE_RULES: Readonly<Record<string, AccessRule>> = {
  "GET /": GUEST,
  "GET /admin": GUEST,
  "GET /admin/menu": GUEST,
  "GET /admin/menu/:item": GUEST,
  "GET /admin/look": GUEST,
  "GET /admin/map": GUEST,
  "GET /admin/versions": GUEST,
  "GET /admin/settings": GUEST,
  "GET /thanks": GUEST,
  "POST /": needs("classify", "publicClassify"),
  "POST /reply": needs("label", "publicCorrections"),
  "POST /suggest": needs("label", "publicCorrections"),
};

/** By method and path, the path as the routes are written. */
export const ACCESS_RULES: Readonly<Record<string, AccessRule>> = {
  ...PAGE_RULES,
  ...Object.fromEntries(OPERATIONS.map(({ route, access }) => [route, access])),
};

/** The rule of a route, undefined where nobody wrote one. */
export function findAccessRule(method: string, path: string): AccessRule | undefined {
  return Object.hasOwn(ACCESS_RULES, `${method} ${path}`) ? ACCESS_RULES[`${method} ${path}`] : undefined;
}
