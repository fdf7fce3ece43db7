/** A change of the backbone of a deployment that reads texts, by the texts that it keeps, with the command and real encoders. */
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useTextBackbone } from "../../cli/backbone/text-backbones.ts";
import type { DevServer } from "../../cli/dev-server.ts";
import { askTexts, teachTexts, train } from "../support/live-mailbox.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { startServer } from "../support/start-server.ts";

const NEXT = "sentences-ru-ko-en";
const TEXTS = ["refund", "hours", "praise"].flatMap((label) =>
  Array.from({ length: 6 }, (_, i) => ({ label, text: `${label} number ${i}: ${"please write back ".repeat(i)}` })),
);
/** Longer than what the database keeps of a text. */
const LONG = { label: "refund", text: `refund, a long story. ${"And then they charged me once more. ".repeat(70)}` };
const vars = { ADMIN_TOKEN: "test-admin-token-of-32-characters", RECEIPT_SECRET: "test-receipt-secret-of-32-chars!" };

describe("headstart reembed, where texts are read", () => {
  let folder: string;
  let server: DevServer;

  const inFolder = (name: string) => path.join(folder, name);
  const headstart = (...args: string[]) =>
    runHeadstart(args, { env: { HEADSTART_URL: server.url, HEADSTART_KEY: vars.ADMIN_TOKEN } });

  async function start(backbone: string, keeps: string): Promise<void> {
    server = await startServer({
      dataDir: inFolder("state"),
      backboneDir: inFolder(backbone),
      quiet: true,
      buckets: ["PICTURES"],
      vars: { ...vars, KEEP_PICTURES: keeps },
    });
  }

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-test-"));
    for (const name of ["sentences-en", NEXT]) await useTextBackbone(name, inFolder(name));
    await start("sentences-en", "thumbnails");
    await teachTexts(server, [...TEXTS, LONG]);
    await train(server);
  });

  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("embeds the texts that are kept whole, and names the one of which only the beginning is", async () => {
    const { code, stdout } = await headstart("reembed", "--backbone", NEXT);
    expect(stdout).toContain(`Embedded and sent: ${TEXTS.length}.`);
    expect(stdout).toMatch(/Refused: [0-9a-f]{64}: only its beginning is kept/);
    expect(stdout).toMatch(/1 text is not there, or cannot be read:\n {2}refund {2}[0-9a-f]{64}/);
    expect(code).toBe(5);
  });

  it("embeds that one too when it is sent again where whole texts are kept", async () => {
    await server.stop();
    await start("sentences-en", "originals");
    await teachTexts(server, [LONG]);
    const { code, stdout } = await headstart("reembed", "--backbone", NEXT);
    expect(stdout).toContain("Embedded and sent: 1.");
    expect(code).toBe(0);
    await server.stop();
    await start(NEXT, "originals");
    await train(server);
    const [answer] = await askTexts(server, [LONG.text]);
    expect(answer).toMatchObject({ predictions: [{ label: "refund" }, {}, {}] });
    const { stdout: stands } = await headstart("reembed", "--json");
    expect(JSON.parse(stands).second).toMatchObject({ inUseName: NEXT, embedded: TEXTS.length + 1, left: 0 });
  });
});
