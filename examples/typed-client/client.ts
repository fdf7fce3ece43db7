/** A client of one deployment: openapi-fetch with the types that `make-types.js` made of the deployment's own document. */
import createClient, { type Client } from "openapi-fetch";
import type { components, paths } from "./headstart.d.ts";
import { createPatientFetch, type PatienceOptions } from "./patient-fetch.ts";

/** RFC 9457, with a code of the API's closed list; `/docs/problems` of every deployment explains them. */
export type Problem = components["schemas"]["Problem"];

/**
 * `url` is the deployment's, without a slash at the end; without `key` calls are a guest's. What can be tried again safely is:
 * see `patient-fetch.ts`.
 */
export function createHeadstart(url: string, key: string | undefined, patience: PatienceOptions = {}): Client<paths> {
  const headers = key === undefined ? {} : { authorization: `Bearer ${key}` };
  return createClient<paths>({ baseUrl: url, headers, fetch: createPatientFetch(patience) });
}

/** Serialises a body that has photos, as `multipart/form-data`: a list becomes one field repeated. */
export function toForm(body: object | string): FormData {
  if (typeof body === "string") throw new TypeError("A text is no form: send it as text/plain.");
  const form = new FormData();
  for (const [name, value] of Object.entries(body)) for (const part of [value].flat()) form.append(name, part);
  return form;
}

/** The same of a call that takes lists too, where one photo or text was sent. */
export function needOne<T extends object>(answer: { readonly data?: T; readonly error?: Problem }): One<T> {
  const data = need(answer);
  if (isOne(data)) return data;
  throw new Error("The answer is a list: one photo or text was asked about.");
}

/** An answer without those to lists. */
type One<T> = Exclude<T, { readonly results: unknown }>;

function isOne<T extends object>(data: T): data is One<T> {
  return !("results" in data);
}

/** What was answered. Throws an `Error` with the code and the advice of the problem that was answered instead. */
export function need<T>({ data, error }: { readonly data?: T; readonly error?: Problem }): T {
  if (data !== undefined) return data;
  throw new Error(error === undefined ? "The answer has no body." : `${error.code}: ${error.detail}`);
}
