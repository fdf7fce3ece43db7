/** A stage whose server reads texts and has learnt the example mailbox. */

import { readFile } from "node:fs/promises";
import path from "node:path";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import { teachTexts, train } from "../support/live-mailbox.ts";
import { type OpenStage, useStage } from "./stage.ts";

/** `vars` replace those of wrangler.toml. Call it in the suite. */
export function useTextStage(vars: Readonly<Record<string, string>> = {}): OpenStage {
  return useStage({
    vars,
    reads: "texts",
    prepare: async ({ server }) => {
      const rows = (await readFile(path.join(PROJECT_ROOT, "examples/mailbox.tsv"), "utf8"))
        .trim()
        .split("\n")
        .slice(1);
      await teachTexts(
        server,
        rows.map((row) => ({ label: row.split("\t")[0] ?? "", text: row.split("\t")[1] ?? "" })),
      );
      await train(server);
    },
  });
}
