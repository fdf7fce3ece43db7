/**
 * The variables and secrets of a deployment, parsed once into a typed `Config`. A bad value stops the Worker with a
 * message that names it; values of secrets are never part of a message.
 */
import { z } from "zod";
import { KEPT_PICTURES } from "./shared/closed-lists.ts";
import { LONGEST_RUN_MS } from "./shared/longest-run.ts";
import { DAY_MS } from "./shared/time.ts";
import { MAX_POOL_DAYS, MAX_POOL_SIZE } from "./store/pool/tables.ts";
import { MAX_TEACHER_CALLS } from "./store/teaching/tables.ts";

/** A variable or secret is missing or unusable; `message` says which one and what to do. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
}

const MIN_SECRET_CHARACTERS = 32;

const secret = z
  .string({ error: "is missing; make one with `npm run deploy`, or locally with `npm start`" })
  .min(MIN_SECRET_CHARACTERS, `is shorter than ${MIN_SECRET_CHARACTERS} characters; use 256 random bits`);

const numberIn = (min: number, max: number) =>
  z.coerce.number({ error: "is not a number" }).min(min, `is below ${min}`).max(max, `is above ${max}`);

/** Off where it is absent: what nobody opened stays closed. */
const flag = z.enum(["true", "false"], { error: "is neither true nor false" }).default("false");

/** A list with commas in between, none where it is absent. */
const origins = z
  .string()
  .default("")
  .transform((text) =>
    text
      .split(",")
      .map((origin) => origin.trim())
      .filter((origin) => origin !== ""),
  )
  .refine((list) => list.every(isOrigin), "is not a list of origins such as https://shop.example, without paths");

function isOrigin(text: string): boolean {
  return URL.canParse(text) && new URL(text).origin === text;
}

/** Absent and empty are the same. */
const optional = <T extends z.ZodType>(schema: T) =>
  z.preprocess((value) => (value === "" ? undefined : value), schema.optional());

const turnstileKey = z.string().regex(/^[\w-]{10,100}$/, "is no key as Cloudflare's dashboard shows it");

const LOOPBACK_HOSTS: readonly string[] = ["localhost", "127.0.0.1", "[::1]"];

/** What guests wrote and the key go there: not over an open line. */
function isSafeUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username } = new URL(text);
  return username === "" && (protocol === "https:" || (protocol === "http:" && LOOPBACK_HOSTS.includes(hostname)));
}

const configSchema = z
  .object({
    ADMIN_TOKEN: secret,
    RECEIPT_SECRET: secret,
    PUBLIC_CLASSIFY: flag,
    PUBLIC_CORRECTIONS: flag,
    PUBLIC_TEACHING: flag,
    SHOW_EVIDENCE: flag,
    DAILY_QUOTA_GUEST: numberIn(0, 1e9),
    DAILY_QUOTA_KEY: numberIn(0, 1e9),
    CORS_ORIGINS: origins,
    FRAME_ORIGINS: optional(origins),
    MAX_IMAGE_BYTES: numberIn(1_024, 50_000_000),
    MAX_IMAGE_PIXELS: numberIn(1_024, 50_000_000),
    RECEIPT_TTL_SECONDS: numberIn(1, 30 * 86_400),
    PRIOR_EXPONENT: numberIn(0, 1),
    UNKNOWN_ALPHA: numberIn(0.001, 0.5),
    NEW_ITEMS_MAY_TAKE: numberIn(0, 1).default(0.2),
    TRAINING_LEASE_SECONDS: numberIn(1, LONGEST_RUN_MS / 1_000),
    AUTO_ACCEPT_SOURCES: numberIn(0, 100).refine(
      (sources) => Number.isInteger(sources) && sources !== 1,
      "is not 0 (off) or a whole number from 2 on; one source alone never counts",
    ),
    AUTO_ACCEPT_MIN_SCORE: numberIn(0, 1),
    AUTO_ACCEPT_MAX_PER_SOURCE: numberIn(1, 1_000),
    POOL_SIZE: numberIn(0, MAX_POOL_SIZE).int("is no whole number").default(0),
    POOL_DAYS: numberIn(1, MAX_POOL_DAYS).default(30),
    POOL_KEEPS_COPIES: flag,
    WEBHOOKS_MAY_BE_LOCAL: flag,
    KEEP_PICTURES: z.enum(KEPT_PICTURES, { error: `is none of ${KEPT_PICTURES.join(", ")}` }).default("none"),
    BACKUP_DAYS: numberIn(1, 366).int("is no whole number").default(7),
    BACKUP_WEEKS: numberIn(0, 520).int("is no whole number").default(4),
    TEACHER_DAILY_CALLS: numberIn(0, MAX_TEACHER_CALLS).int("is no whole number").default(0),
    TEACHER_MODEL: optional(z.string().max(200, "is longer than 200 characters")),
    TEACHER_URL: optional(
      z
        .string()
        .refine(
          isSafeUrl,
          "is no address such as https://api.openai.com/v1/chat/completions; http only on this machine",
        ),
    ),
    TEACHER_KEY: optional(
      z.string().regex(/^[!-~]{1,1000}$/, "is no key as services give them out: letters, digits and signs"),
    ),
    ACCESS_TEAM_DOMAIN: optional(z.string().regex(/^[a-z0-9.-]+$/, "is not a host such as team.cloudflareaccess.com")),
    ACCESS_AUD: optional(z.string()),
    ACCESS_ROLE: optional(z.enum(["review", "admin"], { error: "is neither review nor admin" })),
    TURNSTILE_SITE_KEY: optional(turnstileKey),
    TURNSTILE_SECRET: optional(turnstileKey),
    SIGN_IN_SECRET: optional(secret),
  })
  .refine(
    (vars) => new Set([vars.ACCESS_TEAM_DOMAIN, vars.ACCESS_AUD].map((value) => value === undefined)).size === 1,
    { path: ["ACCESS_TEAM_DOMAIN"], message: "and ACCESS_AUD go together; set both or neither" },
  )
  .refine((vars) => (vars.TURNSTILE_SITE_KEY === undefined) === (vars.TURNSTILE_SECRET === undefined), {
    path: ["TURNSTILE_SITE_KEY"],
    message: "and the secret TURNSTILE_SECRET go together; set both or neither",
  })
  .refine((vars) => vars.TEACHER_DAILY_CALLS === 0 || vars.TEACHER_MODEL !== undefined, {
    path: ["TEACHER_MODEL"],
    message: "is missing; name the model that is asked, or set TEACHER_DAILY_CALLS to 0",
  })
  .refine((vars) => vars.TEACHER_DAILY_CALLS === 0 || (vars.POOL_SIZE > 0 && vars.POOL_KEEPS_COPIES === "true"), {
    path: ["TEACHER_DAILY_CALLS"],
    message: "needs the pool, which is what the teacher is asked about: set POOL_SIZE, and POOL_KEEPS_COPIES to true",
  })
  .transform((vars) => ({
    adminToken: vars.ADMIN_TOKEN,
    /** Where people come from through Cloudflare Access, and what they may do; null where it is not set up. */
    access:
      vars.ACCESS_TEAM_DOMAIN === undefined || vars.ACCESS_AUD === undefined
        ? null
        : { team: vars.ACCESS_TEAM_DOMAIN, audience: vars.ACCESS_AUD, role: vars.ACCESS_ROLE ?? ("review" as const) },
    /** The widget by which guests show that they are people; null where they need not. */
    turnstile:
      vars.TURNSTILE_SITE_KEY === undefined || vars.TURNSTILE_SECRET === undefined
        ? null
        : { siteKey: vars.TURNSTILE_SITE_KEY, secret: vars.TURNSTILE_SECRET },
    receiptSecret: vars.RECEIPT_SECRET,
    /** Signs the sign-in links of one `npm start`; undefined where links sign nobody in, as on a deployment. */
    signInSecret: vars.SIGN_IN_SECRET,
    /** Guests may classify. */
    publicClassify: vars.PUBLIC_CLASSIFY === "true",
    /** Guests may send corrections, which wait for review. */
    publicCorrections: vars.PUBLIC_CORRECTIONS === "true",
    /** What guests send may teach before a person has said what it is: through a teacher, and by what a place looks like. */
    publicTeaching: vars.PUBLIC_TEACHING === "true",
    /** Answers say how many labelled photos each of their items was learnt from. */
    showEvidence: vars.SHOW_EVIDENCE === "true",
    /** Requests other than GET a day, of a network of guests and of a key; 0: any number. */
    dailyQuota: { guest: vars.DAILY_QUOTA_GUEST, key: vars.DAILY_QUOTA_KEY },
    /** Other sites whose pages may call the API, with a key or as guests. */
    corsOrigins: vars.CORS_ORIGINS,
    /** Sites that may show the guests' page in a frame. */
    frameOrigins: vars.FRAME_ORIGINS ?? [],
    /** Upper bound of one photo's encoded size, in bytes. */
    maxImageBytes: vars.MAX_IMAGE_BYTES,
    /** Upper bound of width x height, checked in the header before anything is decoded. */
    maxImagePixels: vars.MAX_IMAGE_PIXELS,
    receiptTtlMs: vars.RECEIPT_TTL_SECONDS * 1_000,
    /** `pi` of the head: 0 treats items as equally likely, 1 weighs them by their labels. */
    priorExponent: vars.PRIOR_EXPONENT,
    /** Share of known photos that may be answered "unknown". */
    unknownAlpha: vars.UNKNOWN_ALPHA,
    /** Share of the old items' right answers that new ones may take before a head waits for an admin's word. */
    newItemsMayTake: vars.NEW_ITEMS_MAY_TAKE,
    /** How long a training run may stay silent before another one may take over. */
    leaseMs: vars.TRAINING_LEASE_SECONDS * 1_000,
    /** When guests' corrections count without staff; off where `sources` is 0. */
    autoAccept: {
      sources: vars.AUTO_ACCEPT_SOURCES,
      minScore: vars.AUTO_ACCEPT_MIN_SCORE,
      maxPerSource: vars.AUTO_ACCEPT_MAX_PER_SOURCE,
    },
    /** What is kept of answers that the head was unsure of: nothing where `size` is 0, copies for staff to see only where the operator says so. */
    pool: {
      size: vars.POOL_SIZE,
      keptMs: vars.POOL_DAYS * DAY_MS,
      keepsCopies: vars.POOL_KEEPS_COPIES === "true",
    },
    /** Webhooks may call this machine, for development. */
    webhooksMayBeLocal: vars.WEBHOOKS_MAY_BE_LOCAL === "true",
    /** What is kept of the looks of labelled samples, for staff alone. */
    keepPictures: vars.KEEP_PICTURES,
    /** Where the deployment has a bucket for backups: the newest of each of so many days stays, and of each of so many weeks. */
    backups: { days: vars.BACKUP_DAYS, weeks: vars.BACKUP_WEEKS },
    /** The large model that is asked about the pool; null where none is. Without an address it is Workers AI's. */
    teacher:
      vars.TEACHER_DAILY_CALLS === 0 || vars.TEACHER_MODEL === undefined
        ? null
        : {
            dailyCalls: vars.TEACHER_DAILY_CALLS,
            model: vars.TEACHER_MODEL,
            url: vars.TEACHER_URL,
            key: vars.TEACHER_KEY,
          },
  }));

/** The settings with their defaults filled in; times are in ms. */
export type Config = z.infer<typeof configSchema>;

/** Whether staff can see what a labelled sample looked like. */
export function keepsPictures({ keepPictures }: Pick<Config, "keepPictures">): boolean {
  return keepPictures !== "none";
}

/** Whether the sample itself is kept too, in the bucket. */
export function keepsOriginals({ keepPictures }: Pick<Config, "keepPictures">): boolean {
  return keepPictures === "originals";
}

/** Parses the environment. Throws `ConfigError` naming every variable that is wrong. */
export function parseConfig(env: object): Config {
  const parsed = configSchema.safeParse(env);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map((issue) => `${issue.path.join(".")} ${issue.message}`);
  throw new ConfigError(`The Worker's configuration cannot be used: ${faults.join("; ")}.`);
}
