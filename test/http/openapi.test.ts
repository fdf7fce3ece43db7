/** What `npm run build` made of the declared operations, as the Worker's assets serve it. */
import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { PROBLEM_CODES } from "../../src/shared/problem.ts";

/** The part of the document that the tests look into. */
interface Schema {
  readonly type?: string;
  readonly $ref?: string;
  readonly properties?: Readonly<Record<string, Schema>>;
}
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly security: object;
  readonly parameters?: readonly {
    readonly in: string;
    readonly name: string;
    readonly description?: string;
    readonly schema: { readonly description?: string };
  }[];
  readonly responses: Readonly<Record<string, { readonly content?: Readonly<Record<string, { schema: Schema }>> }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: Readonly<Record<string, Schema>> };
}

/** What has arrays and no pages, with the reason. */
const WHOLE: Readonly<Record<string, string>> = {
  "/v1/menu": "one thing: a menu is read whole, and a head holds about 1,000 items",
  "/v1/admin/classes": "the same items, with the archived ones",
  "/v1/admin/heads/compare": "one thing: two heads",
  "/v1/admin/suspects": "what a head stores of its doubts, at most 200",
  "/v1/admin/reviews": "a queue, in an order that every decision changes: what is decided makes room",
  "/v1/admin/reviews/next": "the front of that queue",
  "/v1/admin/pool": "a choice of at most 50 out of 200: what is labelled or dismissed makes room",
  "/v1/admin/teacher": "figures, and the last 14 days with a call",
  "/v1/admin/places": "made by hand; at most 20",
  "/v1/admin/webhooks": "made by hand; at most 20",
  "/v1/admin/test-set": "figures, and one row for each item that has test examples",
  "/v1/admin/suggestions": "a ranking of at most 1,000: what is taken off makes room",
  "/v1/admin/keys": "made by hand; at most 1,000, those in use first",
  "/v1/admin/limits": "fixed by the code",
  "/v1/admin/drift": "a fixed number of days",
  "/v1/admin/backups": "one of each of the days and weeks that stay, some ten",
};

const text = readFileSync("dist/assets/openapi.json", "utf8");
const document: Document = JSON.parse(text);
const operations = Object.values(document.paths).flatMap((item) => Object.values(item));

/** The fields of what an operation answers in JSON, references resolved. */
function answerOf(operation: Operation | undefined): Readonly<Record<string, Schema>> {
  const fields = resolve(operation?.responses["200"]?.content?.["application/json"]?.schema ?? {}).properties ?? {};
  return Object.fromEntries(Object.entries(fields).map(([name, schema]) => [name, resolve(schema)]));
}

function resolve(schema: Schema): Schema {
  return document.components.schemas[schema.$ref?.split("/").at(-1) ?? ""] ?? schema;
}

function isList(operation: Operation | undefined): boolean {
  return Object.values(answerOf(operation)).some(({ type }) => type === "array");
}

function isPaged(operation: Operation | undefined): boolean {
  const asked = operation?.parameters?.filter((one) => one.in === "query").map(({ name }) => name) ?? [];
  return "next" in answerOf(operation) && asked.includes("after") && asked.includes("limit");
}

describe("the OpenAPI document", () => {
  it("is OpenAPI 3.1 to an independent validator", async () => {
    const validator = new Validator();
    const { valid, errors } = await validator.validate(JSON.parse(text));
    expect(errors).toBeUndefined();
    expect(valid).toBe(true);
    expect(validator.version).toBe("3.1");
  });

  it("is refused by that validator when it is wrong", async () => {
    const broken = { ...JSON.parse(text), info: { title: "no version" } };
    expect((await new Validator().validate(broken)).valid).toBe(false);
  });

  it("points only to what it has", () => {
    const references = text.matchAll(/"\$ref":"#\/components\/schemas\/([^"]+)"/g);
    const schemas = Object.keys(document.components.schemas);
    for (const [, name] of references) expect(schemas).toContain(name);
  });

  it("calls every operation by a name of its own, and says in words what it is for", () => {
    const ids = operations.map(({ operationId }) => operationId);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { summary } of operations) expect(summary).toMatch(/^[A-Z].{8,90}[^.]$/);
  });

  it("has a success and the problems of every operation, each as problem+json", () => {
    for (const { responses } of operations) {
      const statuses = Object.keys(responses);
      expect(statuses.some((status) => status.startsWith("2"))).toBe(true);
      for (const status of statuses.filter((one) => one >= "400")) {
        expect(Object.keys(responses[status].content ?? {})).toEqual(["application/problem+json"]);
      }
    }
  });

  it("declares every header that an operation reads", () => {
    const headersOf = (method: string, path: string) =>
      document.paths[path]?.[method]?.parameters?.filter((one) => one.in === "header").map(({ name }) => name) ?? [];
    const [human, repeat] = ["cf-turnstile-response", "Idempotency-Key"];
    expect(headersOf("post", "/v1/classify")).toEqual([human]);
    expect(headersOf("post", "/v1/labels").toSorted()).toEqual([repeat, human]);
    expect(headersOf("post", "/v1/suggestions").toSorted()).toEqual([repeat, human]);
    expect(headersOf("post", "/v1/admin/classes")).toEqual([repeat]);
    expect(headersOf("post", "/v1/admin/keys")).toEqual([]);
  });

  it("gives every list page by page, but for those that are short or no list to be read to its end", () => {
    const lists = Object.entries(document.paths).filter(([path, { get }]) => !path.includes("{") && isList(get));
    const [paged, whole] = [lists.filter(([, { get }]) => isPaged(get)), lists.filter(([, { get }]) => !isPaged(get))];
    expect(paged.map(([path]) => path).toSorted()).toEqual(
      ["audit-log", "examples", "heads", "second-backbone/missing", "teacher/labels", "training-runs"].map(
        (name) => `/v1/admin/${name}`,
      ),
    );
    expect(whole.map(([path]) => path).toSorted()).toEqual(Object.keys(WHOLE).toSorted());
  });

  it("asks nobody for a key who may come without one", () => {
    const securityOf = (method: string, path: string) => document.paths[path]?.[method]?.security;
    expect(securityOf("get", "/v1/health")).toEqual([{}]);
    expect(securityOf("post", "/v1/classify")).toEqual([{ token: ["classify"] }, { session: ["classify"] }, {}]);
    expect(securityOf("get", "/v1/admin/metrics")).toEqual([{ token: ["admin"] }, { session: ["admin"] }]);
  });

  it("declares every parameter of a path", () => {
    for (const [path, item] of Object.entries(document.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters = [] } of Object.values(item)) {
        const declared = parameters.filter((one) => one.in === "path");
        expect(declared.map((one) => one.name)).toEqual(named);
      }
    }
  });

  it("says of every parameter what it is for", () => {
    const silent = operations.flatMap(({ operationId, parameters = [] }) =>
      parameters
        .filter(({ description, schema }) => (description ?? schema.description ?? "") === "")
        .map(({ name }) => `${operationId}: ${name}`),
    );
    expect(silent).toEqual([]);
  });
});

describe("the page of problems", () => {
  it("explains every code where `type` points to", () => {
    const page = readFileSync("dist/assets/docs/problems.html", "utf8");
    for (const code of PROBLEM_CODES) {
      expect(page).toMatch(new RegExp(`<dt id="${code}">.*</dt><dd>[A-Z].*\\.</dd>`));
    }
  });
});
