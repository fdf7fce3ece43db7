/** An exported head of a deployment that reads texts, outside of it, compared with its own answers to real mails, short and long. */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { useSentences } from "../../cli/backbone/sentences/use-sentences.ts";
import { type DevServer, startDevServer } from "../../cli/dev-server.ts";
import { unpackZip } from "../../cli/import/unpack-zip.ts";
import { PROJECT_ROOT } from "../../cli/shared/project-paths.ts";
import { askTexts, readTextSet, teachTexts, train, untilServed } from "../support/live-mailbox.ts";
import { expectSameAnswers, type PortableAnswer } from "../support/portable-answers.ts";
import { runHeadstart } from "../support/run-headstart.ts";
import { runWithInput } from "../support/run-with-input.ts";
import { MISSING_SHARED_DATA } from "../support/shared-data.ts";

const SET = "mail-routing-banking-3class";
const EXAMPLES = path.join(PROJECT_ROOT, "examples/portable");
/** A Python with onnxruntime, tokenizers and regex. */
const PYTHON = process.env.HEADSTART_PYTHON;
const TEXTS_PER_KIND = 60;
/** The encoder computes in int8 with scales that it finds while it runs, and each build of the runtime has its own kernels for that. */
const NATIVE_TOLERANCE = 1e-2;
/** Scripts that the encoder cannot read, signs, letters with marks, characters of two units. */
const ODD_TEXTS = [
  "Где мои деньги?",
  "  Straße\u00ad  ĳ — “zurück”…  ",
  "🙂🙂 ok?!",
  "e\u0301te\u0301 ﬁn",
  "İstanbul’da kartım yok",
];

if (MISSING_SHARED_DATA !== undefined) console.warn(`skipped: ${MISSING_SHARED_DATA}`);

describe.skipIf(MISSING_SHARED_DATA !== undefined)("an exported head of a mailbox", () => {
  let folder: string;
  let server: DevServer;
  let texts: string[];
  let expected: PortableAnswer[];
  const archive = () => path.join(folder, "mail.zip");
  const unpacked = () => path.join(folder, "mail");

  beforeAll(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "headstart-portable-"));
    const backboneDir = path.join(folder, "backbone");
    await useSentences(backboneDir);
    server = await startDevServer({ dataDir: path.join(folder, "state"), backboneDir, quiet: true });
    const training = Map.groupBy(await readTextSet(SET, "train"), ({ label }) => label);
    await teachTexts(
      server,
      [...training.values()].flatMap((group) => group.slice(0, TEXTS_PER_KIND)),
    );
    await untilServed(server, await train(server));
    const mails = (await readTextSet(SET, "test")).slice(0, 90).map(({ text }) => text);
    const long = [0, 20, 40, 60].map((from) => mails.slice(from, from + 20).join(" "));
    texts = [...mails, ...long, ...ODD_TEXTS];
    expected = await askTexts(server, texts).then((answers) => answers as unknown as PortableAnswer[]); // a decoder: the routes' own tests hold this shape
    const { url, adminToken } = server;
    const saved = await runHeadstart(["export", "--onnx", archive(), "--url", url], {
      env: { HEADSTART_KEY: adminToken },
    });
    expect(saved).toMatchObject({ code: 0 });
    expect(await unpackZip(archive(), unpacked())).toEqual([]);
  });

  afterAll(async () => {
    await server?.stop();
    await rm(folder, { recursive: true, force: true });
  });

  it("answers in onnxruntime-web as the deployment does", async () => {
    const example = [path.join(EXAMPLES, "classify-text.js"), unpacked()];
    const output = await runWithInput(process.execPath, example, texts.join("\n"));
    expectSameAnswers("mails in onnxruntime-web", output, expected);
  });

  it.skipIf(PYTHON === undefined)("answers in native ONNX Runtime as the deployment does", async () => {
    const example = [path.join(EXAMPLES, "classify_text.py"), unpacked()];
    const output = await runWithInput(PYTHON ?? "", example, texts.join("\n"));
    expectSameAnswers("mails in native ONNX Runtime", output, expected, NATIVE_TOLERANCE);
  });

  it("is refused under the name of a file for photos, and leaves what is there", async () => {
    const file = path.join(folder, "mail.onnx");
    const { url, adminToken } = server;
    const refused = await runHeadstart(["export", "--onnx", file, "--url", url], {
      env: { HEADSTART_KEY: adminToken },
    });
    expect(refused).toMatchObject({ code: 2, stderr: expect.stringContaining("Call the file something.zip.") });
    await expect(readFile(file)).rejects.toThrow("ENOENT");
  });
});
