/** `headstart doctor`: looks at the checkout and at the deployment, and says of each thing whether it is well and what to do. */
import type { Command } from "commander";
import { EXIT } from "../shared/command.ts";
import { ACTIVE_BACKBONE_DIR, DEV_VARS_FILE, PROJECT_ROOT } from "../shared/project-paths.ts";
import { loginsFile } from "../shared/saved-logins.ts";
import { examineCheckout } from "./doctor-checkout.ts";
import { examineDeployment } from "./doctor-deployment.ts";
import type { Finding } from "./finding.ts";
import { type CommonFlags, endWith, print, withDeployment } from "./session.ts";

const HELP = `
Exits with 1 when something fails; warnings alone are no failure.
Examples:
  headstart doctor
  headstart doctor --local                   the checkout alone, without a deployment
  headstart doctor --json | jq '.findings[] | select(.status != "ok")'`;

/** Adds the subcommand. */
export function addDoctor(program: Command): void {
  withDeployment(program.command("doctor"))
    .description("looks whether everything is as it should be, and says what to do")
    .option("--local", "look at the checkout only")
    .addHelpText("after", HELP)
    .action(examine);
}

async function examine(flags: CommonFlags & { readonly local?: boolean }): Promise<void> {
  const places = {
    projectDir: PROJECT_ROOT,
    backboneDir: ACTIVE_BACKBONE_DIR,
    secretFiles: [DEV_VARS_FILE, loginsFile(process.env)],
  };
  const checkout = await examineCheckout(places, process.versions.node);
  const findings = [...checkout, ...(flags.local ? [] : await examineDeployment(flags, places))];
  const failed = findings.filter(({ status }) => status === "fail").length;
  print(flags, { findings, failed }, () => findings.map(describe).join("\n"));
  endWith(failed === 0 ? EXIT.ok : EXIT.failed);
}

function describe({ check, status, message, remedy }: Finding): string {
  const line = `${status.padEnd(4)}  ${check.padEnd(14)}  ${message}`;
  return remedy === null ? line : `${line}\n${" ".repeat(22)}-> ${remedy}`;
}
