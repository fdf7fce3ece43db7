/** Requests to every operation of the document: as it allows, nearly so, and as nobody should send them. */
import fc from "fast-check";
import { makePhoto } from "./photos.ts";
import { arbitraryOf, type JsonSchema } from "./schema-arbitrary.ts";

/** A request and the operation that it is for. */
export interface MadeRequest {
  readonly operation: string;
  readonly path: string;
  readonly init: { readonly method: string; readonly headers: Record<string, string>; readonly body?: BodyInit };
}

interface Parameter {
  readonly in: string;
  readonly name: string;
  readonly required?: boolean;
  readonly schema: JsonSchema;
}

interface Operation {
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: JsonSchema }>> };
}

/** The paths of the document, its references resolved. */
export type Paths = Readonly<Record<string, Readonly<Record<string, Operation>>>>;

const PHOTOS = ["pepperoni", "hawaiian"].map((kind) => makePhoto(kind, 1));
const METHODS = ["get", "post", "put", "patch", "delete"];

/** One request to any operation. `words` are ids that exist. */
export function requestArbitrary(paths: Paths, words: readonly string[]): fc.Arbitrary<MadeRequest> {
  const operations = Object.entries(paths).flatMap(([path, item]) =>
    Object.entries(item)
      .filter(([method]) => METHODS.includes(method))
      .map(([method, operation]) => ({ path, method: method.toUpperCase(), operation })),
  );
  return fc.oneof(...operations.map((one) => requestTo(one, words)));
}

function requestTo(
  { path, method, operation }: { path: string; method: string; operation: Operation },
  words: readonly string[],
): fc.Arbitrary<MadeRequest> {
  const { parameters = [], requestBody } = operation;
  const pathValues = parameters.filter((one) => one.in === "path").map((one) => fieldOf(one, words));
  const queryValues = parameters.filter((one) => one.in === "query").map((one) => fieldOf(one, words));
  const headerValues = parameters.filter((one) => one.in === "header").map((one) => headerOf(one, words));
  const body = requestBody === undefined ? fc.constant(undefined) : bodyOf(requestBody.content, words);
  const parts = fc.tuple(fc.tuple(...pathValues), fc.tuple(...queryValues), fc.tuple(...headerValues), body);
  return parts.map(([inPath, inQuery, inHeaders, sent]) => {
    const filled = inPath.reduce(
      (text, [name, value]) => text.replace(`{${name}}`, encodeURIComponent(value || "-")),
      path,
    );
    const query = new URLSearchParams(inQuery.filter(([, value]) => value !== ""));
    const headers = Object.fromEntries(inHeaders.filter(([, value]) => value !== ""));
    if (sent?.type !== undefined) headers["content-type"] = sent.type;
    const target = query.size === 0 ? filled : `${filled}?${query}`;
    return {
      operation: `${method} ${path}`,
      path: target,
      init: { method, headers, ...(sent === undefined ? {} : { body: sent.body }) },
    };
  });
}

/** A parameter's text; empty for a query's that is left out. */
function fieldOf({ name, required, schema }: Parameter, words: readonly string[]): fc.Arbitrary<[string, string]> {
  const allowed = arbitraryOf(schema, words).map(String);
  const hostile = fc.oneof(
    fc.string(),
    fc.constantFrom("..", "0", "-1", "1e999", "NaN", "__proto__", "\u0000", "é".repeat(300)),
  );
  const value = fc.oneof({ arbitrary: allowed, weight: 8 }, { arbitrary: hostile, weight: 1 });
  const given = required === true ? value : fc.oneof({ arbitrary: value, weight: 2 }, fc.constant(""));
  return given.map((text) => [name, text.isWellFormed() ? text : "?"]);
}

/** Mostly absent: a repeated `Idempotency-Key` keeps what it repeats from being tried. No other bytes make a header. */
function headerOf(parameter: Parameter, words: readonly string[]): fc.Arbitrary<[string, string]> {
  const given = fieldOf(parameter, words).map(([, text]) => text.replace(/[^\x20-\x7e]/g, "?").trim());
  const value = fc.oneof({ arbitrary: given, weight: 1 }, { arbitrary: fc.constant(""), weight: 3 });
  return value.map((text) => [parameter.name, text]);
}

interface SentBody {
  readonly type?: string;
  readonly body: BodyInit;
}

function bodyOf(
  content: Readonly<Record<string, { readonly schema: JsonSchema }>>,
  words: readonly string[],
): fc.Arbitrary<SentBody | undefined> {
  const declared = Object.entries(content).map(([type, { schema }]) => contentOf(type, schema, words));
  const raw = fc.record({
    type: fc.constantFrom(...Object.keys(content), "application/json", "text/plain", "multipart/form-data; boundary=x"),
    body: fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.string().map((text) => new TextEncoder().encode(text)),
    ),
  });
  return fc.oneof(
    { arbitrary: fc.oneof(...declared), weight: 8 },
    { arbitrary: raw, weight: 1 },
    { arbitrary: fc.constant(undefined), weight: 1 },
  );
}

function contentOf(type: string, schema: JsonSchema, words: readonly string[]): fc.Arbitrary<SentBody> {
  if (type === "multipart/form-data") return formOf(words);
  if (type !== "application/json") {
    return fc.constantFrom(...PHOTOS, new TextEncoder().encode("no photo")).map((body) => ({ type, body }));
  }
  const allowed = arbitraryOf(schema, words);
  const nearly = fc.tuple(allowed, fc.jsonValue(), fc.nat()).map(([value, other, at]) => spoil(value, other, at));
  const values = fc.oneof(
    { arbitrary: allowed, weight: 5 },
    { arbitrary: nearly, weight: 3 },
    { arbitrary: fc.jsonValue(), weight: 1 },
  );
  return values.map((value) => ({ type, body: JSON.stringify(value) }));
}

function formOf(words: readonly string[]): fc.Arbitrary<SentBody> {
  const label = fc.constantFrom(...words, "nothing");
  return fc
    .tuple(fc.array(fc.constantFrom(...PHOTOS, new Uint8Array(3)), { maxLength: 2 }), label)
    .map(([files, id]) => {
      const form = new FormData();
      for (const bytes of files) form.append("image", new File([bytes], "a.png"));
      form.append("label", id);
      return { body: form };
    });
}

/** One field of an object replaced, taken away or added; another value instead of anything else. */
function spoil(value: unknown, other: unknown, at: number): unknown {
  if (typeof value !== "object" || value === null || Array.isArray(value)) return other;
  const entries = Object.entries(value);
  if (entries.length === 0 || at % 3 === 0) return { ...value, extra: other };
  const index = at % entries.length;
  if (at % 3 === 1) return Object.fromEntries(entries.filter((_, i) => i !== index));
  return Object.fromEntries(entries.map(([name, old], i) => [name, i === index ? other : old]));
}
