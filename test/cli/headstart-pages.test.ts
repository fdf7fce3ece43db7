/** What `headstart` makes of a list that comes in pages: more versions than one answer holds. */
import { expect, it } from "vitest";
import { serveLocally } from "../support/local-server.ts";
import { runHeadstart } from "../support/run-headstart.ts";

const VERSIONS = 450;
const RELEASED = 3;

/** A server with that many versions, which answers as docs/api.md says; notes what it was asked. */
async function serveVersions() {
  const asked: string[] = [];
  const url = await serveLocally((request, response) => {
    const { pathname, search, searchParams } = new URL(request.url ?? "/", "http://local");
    asked.push(`${pathname}${search}`);
    const limit = Number(searchParams.get("limit") ?? 100);
    const newest = Number(searchParams.get("after") ?? VERSIONS + 1) - 1;
    const heads = Array.from({ length: Math.min(limit, newest) }, (_, i) => toHead(newest - i));
    const next = newest > limit ? heads.at(-1)?.version : null;
    response.end(JSON.stringify({ heads, next, liveVersion: RELEASED, held: false }));
  });
  return { asked, env: { HEADSTART_URL: url, HEADSTART_KEY: "hs_any" } };
}

function toHead(version: number) {
  const absent = { evaluation: null, gate: null, pinnedAt: null, purgedAt: null };
  return {
    version,
    createdAt: "2026-01-01T00:00:00Z",
    classIds: ["a"],
    examples: 1,
    live: version === RELEASED,
    ...absent,
  };
}

it("lists the newest versions in one request, and says that there are older ones", async () => {
  const { asked, env } = await serveVersions();
  const { code, stdout } = await runHeadstart(["heads", "list"], { env });
  expect(code).toBe(0);
  expect(stdout.match(/^\d+ /gm)).toHaveLength(100);
  expect(stdout).toContain("headstart heads list --all");
  expect(asked).toEqual(["/v1/admin/heads"]);
});

it("lists every version with --all, page after page", async () => {
  const { asked, env } = await serveVersions();
  const { code, stdout } = await runHeadstart(["heads", "list", "--all", "--json"], { env });
  expect(code).toBe(0);
  const { heads, next } = JSON.parse(stdout);
  const versions = heads.map(({ version }: { version: number }) => version);
  expect(versions).toEqual(Array.from({ length: VERSIONS }, (_, i) => VERSIONS - i));
  expect(next).toBeNull();
  expect(asked).toEqual(["", "&after=251", "&after=51"].map((after) => `/v1/admin/heads?limit=200${after}`));
  expect((await runHeadstart(["heads", "list", "--all"], { env })).stdout).not.toContain("--all");
});
