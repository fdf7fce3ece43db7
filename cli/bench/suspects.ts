/** `npm run bench -- suspects`: does "perhaps a mistake" sit on mistakes? On the shared sets of real photos, with mistakes planted. */
import { Command } from "commander";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { BACKBONES, embedMenus } from "./embed-menus.ts";
import { shortShare } from "./short-share.ts";
import type { Pairing } from "./stranger-trials.ts";
import { measureCorrections, measureLabels, type SuspectFigures } from "./suspect-trials.ts";

const SHOTS = [5, 10, 20, 40];
const PAIRINGS: readonly Pairing[] = [
  { menu: "pizza-menu", strangers: "food101-13" },
  { menu: "food101-13", strangers: "grocery-store" },
  { menu: "grocery-store", strangers: "food101-13" },
  { menu: "pizza-or-not", strangers: "grocery-store" },
];

/** One cell of the table. */
export interface SuspectRow extends SuspectFigures {
  readonly backbone: string;
  readonly menu: string;
  /** Corrections in the queue, or labels that are taught. */
  readonly among: "corrections" | "labels";
  /** Photos per item. */
  readonly shots: number;
}

/** The subcommand. */
export function createSuspectsBench(): Command {
  return new Command("suspects")
    .description("how many planted mistakes are marked as perhaps mistakes, and how many right labels (minutes)")
    .option("--json", "print one JSON object")
    .action(async ({ json }: { readonly json?: boolean }) => {
      const suspects = await measureAll();
      console.log(json ? JSON.stringify({ suspects }, null, 2) : describeSuspects(suspects));
    });
}

async function measureAll(): Promise<SuspectRow[]> {
  const kernels = loadHeadKernels();
  const rows: SuspectRow[] = [];
  for (const backbone of BACKBONES) {
    const menus = await embedMenus(backbone);
    for (const [among, measure] of [
      ["corrections", measureCorrections],
      ["labels", measureLabels],
    ] as const) {
      for (const pairing of PAIRINGS) {
        for (const shots of SHOTS) {
          rows.push({ backbone, menu: pairing.menu, among, shots, ...measure(menus, pairing, shots, kernels) });
        }
      }
    }
  }
  return rows;
}

/** One Markdown table: a row per backbone, menu and place, a column per number of photos. */
export function describeSuspects(rows: readonly SuspectRow[]): string {
  const shots = [...new Set(rows.map((row) => row.shots))];
  const groups = Map.groupBy(rows, ({ backbone, menu, among }) => `${among} | ${backbone} | ${menu}`);
  return [
    "Share marked of wrong labels / of strangers / of right labels; `-` where labels are not doubted by their scores.",
    "",
    `| among | backbone | menu | ${shots.join(" | ")} |`,
    `|---|---|---|${"---|".repeat(shots.length)}`,
    ...[...groups].map(([title, group]) => `| ${title} | ${group.map(describeCell).join(" | ")} |`),
  ].join("\n");
}

function describeCell({ mistakes, strangers, falseMarks, byScore }: SuspectFigures): string {
  const wrong = byScore === 0 ? "-" : shortShare(mistakes, 2);
  return `${wrong} / ${shortShare(strangers, 2)} / ${shortShare(falseMarks, 2)}`;
}
