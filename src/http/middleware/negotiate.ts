/** Refuses a request with 406 when its `Accept` allows nothing that the API answers with. A problem is sent as one all the same. */

import type { MiddlewareHandler } from "hono";
import { noAcceptedType } from "../../shared/english/requests.ts";
import { NDJSON_TYPE } from "../../shared/transfer-format.ts";
import type { AppEnv } from "../app-env.ts";
import { respondProblem } from "../problem-response.ts";

const ANSWER_TYPES = ["application/json", "application/problem+json", NDJSON_TYPE, "text/plain"];

/** A request without `Accept` takes anything. The detail quotes 200 characters of the header at most. */
export function negotiate(): MiddlewareHandler<AppEnv> {
  return async function negotiate(c, next) {
    const accept = c.req.header("accept");
    if (accept === undefined || accept.trim() === "" || acceptsAny(accept)) return next();
    return respondProblem(c, noAcceptedType({ accept: accept.slice(0, 200) }));
  };
}

function acceptsAny(accept: string): boolean {
  return accept.split(",").some((entry) => {
    const [range, ...parameters] = entry.split(";").map((part) => part.trim().toLowerCase());
    if (parameters.some((parameter) => /^q=0(\.0*)?$/.test(parameter))) return false;
    const prefix = range.endsWith("/*") ? range.slice(0, -1) : null;
    return (
      range === "*/*" || ANSWER_TYPES.some((type) => type === range || (prefix !== null && type.startsWith(prefix)))
    );
  });
}
