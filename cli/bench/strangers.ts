/** `npm run bench -- strangers`: does a head know what it does not know? The Worker's own code on the shared sets of real photos. */
import { Command } from "commander";
import { loadHeadKernels } from "../shared/head-kernels.ts";
import { BACKBONES, embedMenus } from "./embed-menus.ts";
import { type MarkedRow, measureStrangers, type Pairing, type StrangerRow } from "./stranger-trials.ts";

const SHOTS = [5, 15, 40];
const FEW_SHOTS = [1, 2];
const MARKED = 20;

const PAIRINGS: readonly Pairing[] = [
  { menu: "pizza-menu", strangers: "grocery-store" },
  { menu: "pizza-menu", strangers: "food101-13" },
];
const OTHER_PAIRINGS: readonly Pairing[] = [
  { menu: "food101-13", strangers: "grocery-store" },
  { menu: "grocery-store", strangers: "food101-13" },
  { menu: "grocery-store", strangers: "pizza-menu" },
  { menu: "pizza-or-not", strangers: "grocery-store" },
];

interface StrangersFlags {
  readonly int8?: string;
  readonly all?: boolean;
  readonly json?: boolean;
}

interface StrangersReport {
  readonly strangers: readonly StrangerRow[];
  readonly marked: readonly MarkedRow[];
}

/** The subcommand. */
export function createStrangersBench(): Command {
  return new Command("strangers")
    .description(
      "how many photos of nothing on the menu are found, and how many of the menu are taken for one (minutes)",
    )
    .option("--all", "every shared set as the menu, and one and two photos per item")
    .option("--int8 <photos>", "with the backbones in eight bits, by the photos of that folder")
    .option("--json", "print one JSON object")
    .action(async ({ all = false, int8, json }: StrangersFlags) => {
      const report = await measureAll(all, int8);
      console.log(json ? JSON.stringify(report, null, 2) : describeStrangers(report));
    });
}

async function measureAll(all: boolean, int8: string | undefined): Promise<StrangersReport> {
  const kernels = loadHeadKernels();
  const [strangers, marked]: [StrangerRow[], MarkedRow[]] = [[], []];
  for (const backbone of BACKBONES) {
    const menus = await embedMenus(backbone, int8);
    for (const pairing of all ? [...PAIRINGS, ...OTHER_PAIRINGS] : PAIRINGS) {
      for (const shots of all ? [...FEW_SHOTS, ...SHOTS] : SHOTS) {
        const row = { backbone, ...pairing, shots };
        strangers.push({ ...row, ...measureStrangers(menus, pairing, shots, 0, kernels) });
        marked.push({ ...row, marked: MARKED, ...measureStrangers(menus, pairing, shots, MARKED, kernels) });
      }
    }
  }
  return { strangers, marked };
}

/** Two Markdown tables. */
export function describeStrangers({ strangers, marked }: StrangersReport): string {
  const line = ({ backbone, menu, strangers: from, shots, auroc, found, falseAlarms }: StrangerRow) => {
    const figures = [auroc, found, falseAlarms].map((value) => value.toFixed(2));
    return `| ${[backbone, menu, from, shots, ...figures].join(" | ")} |`;
  };
  const head =
    "| backbone | menu | strangers from | photos per item | AUROC | found | false alarms |\n|---|---|---|--:|--:|--:|--:|";
  return [
    head,
    ...strangers.map(line),
    "",
    `With ${MARKED} of them marked "not on the menu":`,
    "",
    head,
    ...marked.map(line),
  ].join("\n");
}
