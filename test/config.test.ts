/** Settings of a teacher: what cannot be used stops the Worker with a message that says what to do and shows no secret. */
import { describe, expect, it } from "vitest";
import { parseConfig } from "../src/config.ts";

const BASE = {
  ADMIN_TOKEN: "a".repeat(32),
  RECEIPT_SECRET: "b".repeat(32),
  DAILY_QUOTA_GUEST: "0",
  DAILY_QUOTA_KEY: "0",
  MAX_IMAGE_BYTES: "10000",
  MAX_IMAGE_PIXELS: "10000",
  RECEIPT_TTL_SECONDS: "60",
  PRIOR_EXPONENT: "0",
  UNKNOWN_ALPHA: "0.05",
  TRAINING_LEASE_SECONDS: "60",
  AUTO_ACCEPT_SOURCES: "0",
  AUTO_ACCEPT_MIN_SCORE: "0.5",
  AUTO_ACCEPT_MAX_PER_SOURCE: "5",
};
const TEACHER = {
  TEACHER_DAILY_CALLS: "50",
  TEACHER_MODEL: "large-1",
  TEACHER_URL: "https://api.example/v1/chat/completions",
  TEACHER_KEY: "sk-marker",
  POOL_SIZE: "100",
  POOL_KEEPS_COPIES: "true",
};

describe("the settings of a teacher", () => {
  it("are off where they are absent or empty, whatever else is set", () => {
    expect(parseConfig(BASE).teacher).toBeNull();
    const empty = { TEACHER_DAILY_CALLS: "0", TEACHER_MODEL: "", TEACHER_URL: "" };
    expect(parseConfig({ ...BASE, ...empty }).teacher).toBeNull();
    expect(parseConfig({ ...BASE, ...TEACHER, TEACHER_DAILY_CALLS: "0" }).teacher).toBeNull();
  });

  it("name whom to ask, how often, and with which key", () => {
    expect(parseConfig({ ...BASE, ...TEACHER }).teacher).toEqual({
      dailyCalls: 50,
      model: "large-1",
      url: "https://api.example/v1/chat/completions",
      key: "sk-marker",
    });
    const workersAi = { ...TEACHER, TEACHER_URL: "", TEACHER_KEY: "" };
    expect(parseConfig({ ...BASE, ...workersAi }).teacher).toMatchObject({ url: undefined, key: undefined });
    const local = { ...TEACHER, TEACHER_URL: "http://localhost:11434/v1/chat/completions" };
    expect(parseConfig({ ...BASE, ...local }).teacher).toMatchObject({ url: local.TEACHER_URL });
  });

  it.each([
    [{ TEACHER_MODEL: "" }, "TEACHER_MODEL is missing"],
    [{ POOL_SIZE: "0" }, "TEACHER_DAILY_CALLS needs the pool"],
    [{ POOL_KEEPS_COPIES: "false" }, "TEACHER_DAILY_CALLS needs the pool"],
    [{ TEACHER_DAILY_CALLS: "1.5" }, "TEACHER_DAILY_CALLS is no whole number"],
    [{ TEACHER_DAILY_CALLS: "1000000" }, "TEACHER_DAILY_CALLS is above"],
    [{ TEACHER_URL: "http://api.example/v1" }, "TEACHER_URL is no address"],
    [{ TEACHER_URL: "https://me:sk-marker@api.example/v1" }, "TEACHER_URL is no address"],
    [{ TEACHER_URL: "api.example" }, "TEACHER_URL is no address"],
    [{ TEACHER_KEY: "sk-marker\nX-Other: 1" }, "TEACHER_KEY is no key"],
  ])("refuse %j", (change, message) => {
    const parse = () => parseConfig({ ...BASE, ...TEACHER, ...change });
    expect(parse).toThrow(message);
    expect(parse).not.toThrow("sk-marker");
  });
});
