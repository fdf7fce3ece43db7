import { describe, expect, it } from "vitest";
import type { ApiKey } from "../../src/web/client/key-answers.ts";
import { describeRole, describeSecret, listKeyDates, stateOfKey } from "../../src/web/client/key-words.ts";

const NOW = Date.parse("2026-03-01T12:00:00.000Z");
const [PAST, FUTURE] = ["2026-02-01T00:00:00.000Z", "2026-04-01T00:00:00.000Z"];

function key(changes: Partial<ApiKey> = {}): ApiKey {
  const times = { createdAt: PAST, expiresAt: null, lastUsedAt: null, revokedAt: null };
  return { id: "k", name: "Till", role: "classify", place: null, ...times, ...changes };
}

describe("an API key in words", () => {
  it.each([
    ["working", key()],
    ["working", key({ expiresAt: FUTURE })],
    ["expired", key({ expiresAt: PAST })],
    ["revoked", key({ expiresAt: FUTURE, revokedAt: PAST })],
  ] as const)("is %s", (state, value) => {
    expect(stateOfKey(value, NOW)).toBe(state);
  });

  it("tells when it was used and how long it works", () => {
    expect(listKeyDates(key(), NOW)).toEqual([
      ["never used", null],
      ["no time limit", null],
    ]);
    expect(listKeyDates(key({ lastUsedAt: PAST, expiresAt: FUTURE }), NOW)).toEqual([
      ["last used", PAST],
      ["works until", FUTURE],
    ]);
    expect(listKeyDates(key({ expiresAt: PAST }), NOW)[1]).toEqual(["expired", PAST]);
    expect(listKeyDates(key({ revokedAt: PAST }), NOW)).toEqual([["revoked", PAST]]);
  });

  it("tells what a role may do, and of a new one its name", () => {
    expect(describeRole("classify")).toBe("asks about photos");
    expect(describeRole("taster")).toBe("taster");
  });

  it("warns that a first admin key replaces the admin token, and only then", () => {
    expect(describeSecret("admin")).toContain("sign in with it from now on");
    expect(describeSecret("review")).not.toContain("sign in");
    expect(describeSecret("review")).toContain("only time");
  });
});
