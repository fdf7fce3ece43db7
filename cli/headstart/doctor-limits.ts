/** What the doctor makes of a deployment's limits: whether they are those of wrangler.toml, and whether one is out of the ordinary. */
import { z } from "zod";
import type { accessOperations } from "../../src/operations/keys.ts";
import { answerOf } from "./answer-of.ts";
import { type Finding, ok, warn } from "./finding.ts";

const limitSchema = z.looseObject({ name: z.string(), value: z.number(), unit: z.string(), description: z.string() });
export const limitsSchema = answerOf<typeof accessOperations.listLimits>()(
  z.looseObject({ limits: z.array(limitSchema) }),
);
export type Limit = z.infer<typeof limitSchema>;

/** Where a variable sets a limit, which values are ordinary, and what others lead to. */
interface Usual {
  readonly variable: string;
  readonly least: number;
  readonly most: number;
  readonly otherwise: string;
}

const DAY_SECONDS = 86_400;

/** By the limit's name. Measurements set the limits of photos, so that they fit an isolate's memory (docs/benchmarks.md). */
const USUAL: Readonly<Record<string, Usual>> = {
  guestQuota: usual("DAILY_QUOTA_GUEST", 1, 100_000, "one network of guests may run up any bill (0 sets no limit)"),
  keyQuota: usual("DAILY_QUOTA_KEY", 1, 10_000_000, "a key in wrong hands may run up any bill (0 sets no limit)"),
  receiptTime: usual(
    "RECEIPT_TTL_SECONDS",
    60,
    DAY_SECONDS,
    "guests have no time to correct, or more than they remember",
  ),
  imageBytes: usual("MAX_IMAGE_BYTES", 1_000_000, 10_485_760, "phones' photos are refused, or fill the memory"),
  imagePixels: usual("MAX_IMAGE_PIXELS", 500_000, 3_000_000, "phones' photos are refused, or fill the memory"),
  poolSize: usual("POOL_SIZE", 0, 5_000, "more is kept of what people sent than anybody looks at"),
  poolDays: usual("POOL_DAYS", 1, 90, "what people sent is kept for longer than anybody comes to look at it"),
  runLease: usual("TRAINING_LEASE_SECONDS", 30, 300, "training stands still after a killed run, or two runs overlap"),
};

function usual(variable: string, least: number, most: number, otherwise: string): Usual {
  return { variable, least, most, otherwise };
}

/** One line for all where nothing stands out, one for each limit that does. `variables` are those of wrangler.toml here. */
export function examineLimits(limits: readonly Limit[], variables: Readonly<Record<string, string>>): Finding[] {
  const findings = limits.flatMap((limit) => examineLimit(limit, variables));
  return [ok("limits", summarise(limits)), ...findings];
}

function examineLimit({ name, value, unit }: Limit, variables: Readonly<Record<string, string>>): Finding[] {
  const rule = Object.hasOwn(USUAL, name) ? USUAL[name] : undefined;
  if (rule === undefined) return [];
  const { variable, least, most, otherwise } = rule;
  const said = `${name} is ${formatNumber(value)} ${unit}`;
  const here = variables[variable];
  const findings: Finding[] = [];
  if (here !== undefined && Number(here) !== value) {
    findings.push(
      warn("limits", `${said}, ${variable} in wrangler.toml ${here}`, "deploy again, or ask who deployed it"),
    );
  }
  if (value < least || value > most) {
    const range = `${formatNumber(least)} to ${formatNumber(most)}`;
    findings.push(warn("limits", `${said}: ${otherwise}`, `set ${variable} to ${range} in wrangler.toml and deploy`));
  }
  return findings;
}

function summarise(limits: readonly Limit[]): string {
  const shown = limits.filter(({ name }) => Object.hasOwn(USUAL, name));
  const said = shown.map(({ name, value }) => `${name} ${formatNumber(value)}`).join(", ");
  return `${limits.length} in all, ${said}; \`--limits\` lists them`;
}

/** With commas between thousands. */
export function formatNumber(value: number): string {
  return value.toLocaleString("en");
}
