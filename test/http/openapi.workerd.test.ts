import { describe, expect, it } from "vitest";
import { app } from "../../src/http/app.ts";
import { OPERATIONS } from "../../src/operations/groups.ts";

/** Pages for people, which are not part of the API. */
const KITCHEN = [
  "/admin",
  "/admin/menu",
  "/admin/menu/:item",
  "/admin/look",
  "/admin/map",
  "/admin/versions",
  "/admin/settings",
].map((path) => `GET ${path}`);
const PAGES = ["GET /", "POST /", "POST /reply", "POST /suggest", "GET /thanks", ...KITCHEN];

describe("the declared operations", () => {
  it("are the routes of the app, every one and no other", () => {
    const routes = app.routes.filter(({ method }) => method !== "ALL").map(({ method, path }) => `${method} ${path}`);
    const declared = OPERATIONS.map(({ route }) => route);
    expect(declared.toSorted()).toEqual([...new Set(routes)].filter((route) => !PAGES.includes(route)).toSorted());
  });
});
