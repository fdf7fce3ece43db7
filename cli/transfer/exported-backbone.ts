/** What somebody who takes an exported head elsewhere has to know of the backbone in it. */
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { readFields } from "../../src/backbone/onnx-file.ts";

/** Field of a `ModelProto` with metadata, which an export writes last. */
const METADATA_FIELD = 14;

const aboutSchema = z.object({
  backbone: z.object({ name: z.string(), quantisation: z.object({ of: z.string() }).optional() }),
});

/** A sentence about the backbone of an exported ONNX file where it computes in eight bits; undefined of any other file. */
export async function warnOfEightBits(file: string): Promise<string | undefined> {
  const metadata = [...readFields(await readFile(file))].findLast(({ number }) => number === METADATA_FIELD);
  if (metadata === undefined) return undefined;
  const value = [...readFields(metadata.bytes)].find(({ number }) => number === 2);
  const about = aboutSchema.safeParse(parseJson(value?.bytes));
  if (about.data?.backbone.quantisation === undefined) return undefined;
  return (
    `What was learnt belongs to ${about.data.backbone.name}, which computes in eight bits and is in the file: run the file as a whole, and no head of it ` +
    "behind the same network in floats. Prepare photos as examples/portable does: of a photo that is made smaller in another way, scores differ by up to .07."
  );
}

function parseJson(bytes: Uint8Array | undefined): unknown {
  try {
    return JSON.parse(new TextDecoder().decode(bytes));
  } catch {
    return undefined;
  }
}
