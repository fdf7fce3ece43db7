/** `@headstart/client` as it would be published. Needs `npm run check:client`, which builds it with its types. */
import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { CLIENT_DIR } from "../../cli/build-client.ts";
import { LIBRARY_VERSION } from "../../tools/image/jpeg/recipe.ts";

const CHUNK = /^dist\/(chunk|on-device|on-device-ort|on-device-text)-[0-9A-Z]{8}\.js$/;
const MAX_PACKED_BYTES = 400_000;

/** What `npm publish` would send. */
async function listPacked(): Promise<{ readonly size: number; readonly files: readonly { readonly path: string }[] }> {
  const { stdout } = await promisify(execFile)("npm", ["pack", "--dry-run", "--json"], { cwd: CLIENT_DIR });
  return JSON.parse(stdout)[0];
}

describe("the client package", () => {
  it("holds its two entries with their types and what they share, the licences and its page, and nothing else", async () => {
    const { size, files } = await listPacked();
    const named = files.map((file) => file.path).filter((file) => !CHUNK.test(file));
    expect(named.sort()).toEqual(
      [
        ...["LICENSE", "README.md", "package.json", "dist/THIRD-PARTY.txt", "dist/index.js", "dist/on-device.js"],
        ...["api", "form", "index", "on-device", "patient-fetch", "problem", "shrink"].map(
          (name) => `dist/${name}.d.ts`,
        ),
      ].sort(),
    );
    expect(size).toBeLessThan(MAX_PACKED_BYTES);
  });

  it("needs openapi-fetch and nothing else, and declares nothing by files that stay here", async () => {
    const { dependencies, private: isPrivate } = JSON.parse(
      await readFile(path.join(CLIENT_DIR, "package.json"), "utf8"),
    );
    expect(Object.keys(dependencies)).toEqual(["openapi-fetch"]);
    expect(isPrivate).toBeUndefined();
    const dist = path.join(CLIENT_DIR, "dist");
    for (const name of await readdir(dist)) {
      const content = await readFile(path.join(dist, name), "utf8");
      const imported = [...content.matchAll(/(?:\bfrom |\bimport\()"([^"\s]+)"/g)].map(([, specifier]) => specifier);
      const foreign = imported.filter((specifier) => !/^(\.\/[\w.-]+|openapi-fetch)$/.test(specifier));
      expect(foreign, name).toEqual([]);
    }
  });

  it("says whose work it is made of: of every package in it, and of the decoder of JPEGs that it loads", async () => {
    const dist = path.join(CLIENT_DIR, "dist");
    const licences = await readFile(path.join(dist, "THIRD-PARTY.txt"), "utf8");
    const parts = licences.split(`\n${"-".repeat(72)}\n\n`);
    const named = parts.map((part) => /^\S+/.exec(part)?.[0]);
    expect(named).toContain("@jsquash/webp");
    expect(named).toContain("libjpeg-turbo");
    const [jpeg] = parts.filter((part) => part.startsWith(`libjpeg-turbo ${LIBRARY_VERSION}`));
    expect(jpeg).toContain("based in part on the work of the Independent JPEG Group");
    expect(jpeg).toContain("The Modified (3-clause) BSD License");
    for (const part of parts) expect(part).toMatch(/^\S+ \d+\.\d+\.\d+[^:\n]*: \S/);
  });

  it("leaves all that embeds on a device to who asks for it", async () => {
    const index = await readFile(path.join(CLIENT_DIR, "dist/index.js"), "utf8");
    expect(index).not.toMatch(/on-device/);
    expect(Buffer.byteLength(index)).toBeLessThan(20_000);
  });
});
