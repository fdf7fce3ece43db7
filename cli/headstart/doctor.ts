/** `headstart doctor`: looks at the checkout and at the deployment, and says of each thing whether it is well and what to do. */
import { type Command, Option } from "commander";
import { EXIT } from "../shared/command.ts";
import { ACTIVE_BACKBONE_DIR, DEV_VARS_FILE, PROJECT_ROOT } from "../shared/project-paths.ts";
import { loginsFile } from "../shared/saved-logins.ts";
import { examineCheckout } from "./doctor-checkout.ts";
import { type DeploymentReport, examineDeployment } from "./doctor-deployment.ts";
import { formatNumber, type Limit } from "./doctor-limits.ts";
import type { Finding } from "./finding.ts";
import { type CommonFlags, endWith, formatTable, print, withDeployment } from "./session.ts";

const HELP = `
Exits with 1 when something fails; warnings are no failure unless --strict is given.
Without an admin's key the keys, without a reviewer's the limits and the work are not looked at.
Examples:
  headstart doctor
  headstart doctor --local                   the checkout alone, without a deployment
  headstart doctor --on shop --remote        the deployment alone, for a monitor say
  headstart doctor --on shop --limits        with all limits of the deployment
  headstart doctor --json | jq '.findings[] | select(.status != "ok")'`;

interface DoctorFlags extends CommonFlags {
  readonly local?: boolean;
  readonly remote?: boolean;
  readonly limits?: boolean;
  readonly strict?: boolean;
}

/** Adds the subcommand. */
export function addDoctor(program: Command): void {
  withDeployment(program.command("doctor"))
    .description("checks everything, and says what to do about what is wrong")
    .addOption(new Option("--local", "look at the checkout only").conflicts(["remote", "limits"]))
    .option("--remote", "check only the deployment")
    .option("--limits", "list the deployment's limits")
    .option("--strict", "exit with 1 for warnings too")
    .addHelpText("after", HELP)
    .action(examine);
}

async function examine(flags: DoctorFlags): Promise<void> {
  const places = {
    projectDir: PROJECT_ROOT,
    backboneDir: ACTIVE_BACKBONE_DIR,
    secretFiles: [DEV_VARS_FILE, loginsFile(process.env)],
  };
  const checkout = flags.remote ? [] : await examineCheckout(places, process.versions.node);
  const there = flags.local ? NOT_ASKED : await examineDeployment(flags, places);
  const findings = [...checkout, ...there.findings];
  const failed = count(findings, "fail");
  const warned = count(findings, "warn");
  print(flags, { findings, failed, warned, limits: there.limits }, () => {
    const limits = flags.limits && there.limits !== null ? ["", describeLimits(there.limits)] : [];
    return [...findings.map(describe), ...limits].join("\n");
  });
  endWith(failed > 0 || (flags.strict && warned > 0) ? EXIT.failed : EXIT.ok);
}

const NOT_ASKED: DeploymentReport = { findings: [], limits: null };

function count(findings: readonly Finding[], wanted: Finding["status"]): number {
  return findings.filter(({ status }) => status === wanted).length;
}

function describe({ check, status, message, remedy }: Finding): string {
  const line = `${status.padEnd(4)}  ${check.padEnd(14)}  ${message}`;
  return remedy === null ? line : `${line}\n${" ".repeat(22)}-> ${remedy}`;
}

function describeLimits(limits: readonly Limit[]): string {
  const rows = limits.map(({ name, value, unit, description }) => [
    name,
    formatNumber(value).padStart(VALUE_WIDTH),
    `${unit} ${description}`,
  ]);
  return formatTable(["LIMIT", "VALUE".padStart(VALUE_WIDTH), "OF WHAT"], rows);
}

/** Of the largest limit, which is in bytes. */
const VALUE_WIDTH = 12;
