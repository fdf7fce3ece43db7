/**
 * Drew the icons of the installed page from `icon.svg`: `node_modules/.bin/node tools/icons/draw.ts`. On the page's own ground and
 * with room around, because phones cut icons to their own shapes.
 */
import { readFile } from "node:fs/promises";
import path from "node:path";
import { chromium } from "playwright-core";

const CLIENT_DIR = path.join(import.meta.dirname, "../../src/web/client");
const SIZES_PIXELS = [192, 512];
/** Within the circle of 80% that every shape leaves. */
const SHARE = 0.6;
const GROUND = "#faf6ef";

const svg = await readFile(path.join(CLIENT_DIR, "icon.svg"), "base64");
const browser = await chromium.launch({
  executablePath: process.env.CHROMIUM_PATH ?? "/usr/bin/chromium",
  args: ["--no-sandbox"],
});
for (const size of SIZES_PIXELS) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  const image = `<img alt="" width="${SHARE * size}" src="data:image/svg+xml;base64,${svg}">`;
  await page.setContent(
    `<body style="margin:0;height:100vh;display:grid;place-items:center;background:${GROUND}">${image}`,
  );
  await page.screenshot({ path: path.join(CLIENT_DIR, `icon-${size}.png`) });
}
await browser.close();
