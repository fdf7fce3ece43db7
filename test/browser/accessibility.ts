/** What axe finds wrong with a page as it is now, in light and in dark. The page's own policy stays in force. */
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import axe from "axe-core";
import type { Page } from "playwright-core";

/** Every page compiles it again: the short one in three quarters of the time. */
const AXE_SOURCE = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

/** WCAG 2.2 to level AA, and what axe holds for good practice. */
const TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

/** What depends on the colours; of everything else the dark page is the same document. */
const COLOUR_RULES = axe
  .getRules(["cat.color"])
  .filter(({ tags }) => tags.some((tag) => TAGS.includes(tag)))
  .map(({ ruleId }) => ruleId);

const RUNS = [
  ["light", { type: "tag", values: TAGS }],
  ["dark", { type: "rule", values: COLOUR_RULES }],
] as const;

/** One line per element and rule, empty when all is well. */
export async function findBarriers(page: Page): Promise<readonly string[]> {
  if (!(await page.evaluate("'axe' in window"))) await page.evaluate(AXE_SOURCE);
  const found: string[] = [];
  for (const [colorScheme, runOnly] of RUNS) {
    await page.emulateMedia({ colorScheme });
    const options = JSON.stringify({ runOnly, resultTypes: ["violations"] });
    const lines = await page.evaluate(`axe.run(document, ${options}).then(({ violations }) =>
      violations.flatMap(({ id, nodes }) => nodes.map(({ html, failureSummary }) => [id, html, failureSummary].join(" "))))`);
    if (!Array.isArray(lines)) throw new Error("axe gave no list");
    found.push(...lines.map((line) => `${colorScheme}: ${line}`));
  }
  await page.emulateMedia({ colorScheme: null });
  return found;
}
