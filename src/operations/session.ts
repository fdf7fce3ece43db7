/** Signing a page in and out. */
import { z } from "zod";
import { MAX_SECRET_CHARACTERS } from "../shared/api-secret.ts";
import { BODY_PROBLEMS, empty, jsonBody, needs, type Operations } from "./operation.ts";

/** The body of `POST /v1/admin/session`: an API key or the admin token. */
export const signInSchema = z.strictObject({ token: z.string().max(MAX_SECRET_CHARACTERS) });

/** Of a link that `npm start` printed. */
export const signInByCodeSchema = z.strictObject({ code: z.string().max(MAX_SECRET_CHARACTERS) });

/** The operations on a page's session. */
export const sessionOperations = {
  signIn: {
    route: "POST /v1/admin/session",
    access: needs("guest"),
    summary: "Signs a page in",
    body: jsonBody(signInSchema),
    answers: { 204: empty("A cookie for 12 hours") },
    problems: BODY_PROBLEMS,
  },
  signInByCode: {
    route: "POST /v1/admin/session/code",
    access: needs("guest"),
    summary: "Signs a page in by a link that the local server printed; a code is good once",
    body: jsonBody(signInByCodeSchema),
    answers: { 204: empty("A cookie for 12 hours") },
    problems: BODY_PROBLEMS,
  },
  signOut: {
    route: "DELETE /v1/admin/session",
    access: needs("guest"),
    summary: "Signs a page out",
    answers: { 204: empty("The cookie is gone") },
    problems: [],
  },
} as const satisfies Operations;
