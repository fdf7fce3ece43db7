/** `npm run bench -- burst`: whether three shots of a thing answer better than one, on the shared sets of real photos. */
import { Command } from "commander";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { type BurstRow, measureBurst } from "./burst/burst-figures.ts";
import { eachBurstSet } from "./burst/burst-sets.ts";
import { describeBurst, describeBurstHeading, describeBurstRow } from "./burst/burst-table.ts";
import { BACKBONES } from "./embed-menus.ts";

/** The subcommand; minutes, most of them for the embeddings. */
export function createBurstBench(): Command {
  return new Command("burst")
    .description("compare the mean of three shots with one, on the shared sets of real photos (minutes)")
    .option("--json", "print one JSON object")
    .action(async ({ json }: { readonly json?: boolean }) => {
      const kernels = loadHeadKernels();
      const burst: BurstRow[] = [];
      for (const backbone of BACKBONES) {
        console.error(describeBurstHeading());
        await eachBurstSet(backbone, (set) => {
          for (const row of measureBurst(set, kernels)) {
            burst.push({ backbone, ...row });
            console.error(describeBurstRow({ backbone, ...row }));
          }
        });
      }
      console.log(json ? JSON.stringify({ burst }, null, 2) : describeBurst(burst));
    });
}
