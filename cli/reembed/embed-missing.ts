/** Embeds what a backbone lacks and sends it in batches; what has arrived stays, so that a second start continues from there. */
import type { Embedding } from "../../src/head/embedding.ts";
import type { Call } from "../import/api-client.ts";
import type { LeftOut } from "../import/import-source.ts";
import type { ImportProgress } from "../import/send-plan.ts";
import type { Sources } from "./sample-source.ts";
import { type MissingSample, type SentEmbedding, sendEmbeddings } from "./second-backbone.ts";

/** Small, so that a command that is killed has little to do again: some seconds of a large backbone. */
const BATCH = 32;

/** What came of it. */
export interface EmbeddedMissing {
  readonly sent: number;
  /** Samples that cannot be read, or whose embeddings the server refuses. */
  readonly refused: readonly LeftOut[];
}

/** What is not among `sources` is passed over. Throws `CommandError` when the server is lost. */
export async function embedMissing(
  backbone: string,
  missing: readonly MissingSample[],
  sources: Sources,
  call: Call,
  progress: ImportProgress,
): Promise<EmbeddedMissing> {
  const here = missing.flatMap((sample) => {
    const source = sources.get(sample.photo);
    return source === undefined ? [] : [{ ...sample, source }];
  });
  const refused: LeftOut[] = [];
  let sent = 0;
  progress.start(here.length);
  try {
    for (let first = 0; first < here.length; first += BATCH) {
      const batch = here.slice(first, first + BATCH);
      const rows: SentEmbedding[] = [];
      for (const { photo, label, source } of batch) {
        const embedding = await source.embed();
        if (embedding.ok) rows.push(toRow(photo, embedding.value));
        else refused.push({ file: source.file, reason: embedding.error.detail });
        progress.advance(1, label);
      }
      if (rows.length === 0) continue;
      const answer = await sendEmbeddings(call, backbone, rows);
      sent += rows.length - answer.refused.length;
      const unfit = batch.filter(({ photo }) => answer.refused.includes(photo));
      refused.push(...unfit.map(({ source: { file } }) => ({ file, reason: "the server takes no such embedding" })));
    }
  } finally {
    progress.stop();
  }
  return { sent, refused };
}

/** Node's own base64: its bytes have no `toBase64` yet. */
function toRow(photo: string, { values, scale }: Embedding): SentEmbedding {
  const bytes = Buffer.from(values.buffer, values.byteOffset, values.byteLength);
  return { photo, embedding: bytes.toString("base64"), scale };
}
