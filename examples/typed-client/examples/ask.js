/**
 * Asks a deployment what a photo shows, and corrects the answer:
 *
 *   HEADSTART_KEY=... node ask.js http://127.0.0.1:8787 pizza.jpg [four-cheese] [--on-device]
 *
 * Without a key it asks as a guest. With `--on-device` the photo stays here: what is sent is its embedding.
 */
import { readFile } from "node:fs/promises";
import process from "node:process";
import { createHeadstart, HeadstartProblem } from "@headstart/client";
import { prepareOnDevice } from "@headstart/client/on-device";

const words = process.argv.slice(2).filter((word) => word !== "--on-device");
const [url = "", file = "", label] = words;
const staysHere = process.argv.includes("--on-device");
const headstart = createHeadstart(url, { key: process.env.HEADSTART_KEY });

async function ask() {
  const photo = new Blob([await readFile(file)]);
  const sample = staysHere ? await (await prepareOnDevice(headstart)).embed(photo) : photo;
  const answer = await headstart.classify(sample, { signal: AbortSignal.timeout(60_000) });
  const [best] = answer.predictions;
  const prefix = answer.unknown ? "unknown, closest is " : "";
  console.log(`${prefix}${best?.name}, ${best?.score.toFixed(2)}, by head ${answer.headVersion}`);
  if (label !== undefined) console.log((await headstart.correct(answer, label)).status);
}

try {
  await ask();
} catch (cause) {
  if (!(cause instanceof HeadstartProblem)) throw cause;
  console.error(cause.message);
  process.exitCode = 1;
}
