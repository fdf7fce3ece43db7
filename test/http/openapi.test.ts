/** What `npm run build` made of the declared operations, as the Worker's assets serve it. */
import { readFileSync } from "node:fs";
import { Validator } from "@seriousme/openapi-schema-validator";
import { describe, expect, it } from "vitest";
import { PROBLEM_CODES } from "../../src/shared/problem.ts";

/** The part of the document that the tests look into. */
interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly { readonly in: string; readonly name: string }[];
  readonly responses: Readonly<Record<string, { readonly content: object }>>;
}
interface Document {
  readonly paths: Readonly<Record<string, Readonly<Record<string, Operation>>>>;
  readonly components: { readonly schemas: object };
}

const text = readFileSync("dist/assets/openapi.json", "utf8");
const document: Document = JSON.parse(text);
const operations = Object.values(document.paths).flatMap((item) => Object.values(item));

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
        expect(Object.keys(responses[status].content)).toEqual(["application/problem+json"]);
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

  it("declares every parameter of a path", () => {
    for (const [path, item] of Object.entries(document.paths)) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      for (const { parameters = [] } of Object.values(item)) {
        const declared = parameters.filter((one) => one.in === "path");
        expect(declared.map((one) => one.name)).toEqual(named);
      }
    }
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
