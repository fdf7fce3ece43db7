/** Fills the benchmark's database with made-up labels: random directions around one per class, as photos are stored. */
import { quantiseEmbedding } from "../../../src/head/embedding.ts";
import { seededNumbers } from "../head-data.ts";

const ROWS_PER_REQUEST = 500;
const FIRST_TIME = 1_700_000_000_000;
const SEPARATION = 0.35;

export interface LabelSource {
  /** The next `count` labels, the classes in turn; with `isAbsorbed`, marked as if the statistics held them. */
  write(count: number, isAbsorbed: boolean): Promise<void>;
}

/** Makes `classCount` menu items and returns a source of labels of `dimension` numbers. Same size, same labels. */
export async function openLabelSource(url: string, classCount: number, dimension: number): Promise<LabelSource> {
  const uniform = seededNumbers(20);
  const centres = Float32Array.from({ length: classCount * dimension }, () => SEPARATION * (2 * uniform() - 1));
  const classes = Array.from({ length: classCount }, (_, k) => [`c${k}`, FIRST_TIME + k]);
  await post(`${url}/classes`, classes);
  let written = 0;

  function makeLabel(isAbsorbed: boolean) {
    const k = written % classCount;
    const raw = centres.slice(k * dimension, (k + 1) * dimension).map((centre) => centre + 2 * uniform() - 1);
    const embedding = quantiseEmbedding(raw, dimension);
    if (!embedding.ok) throw new Error(embedding.error.message);
    const { values, scale } = embedding.value;
    const photo = Array.from({ length: 8 }, () =>
      Math.floor(uniform() * 2 ** 32)
        .toString(16)
        .padStart(8, "0"),
    ).join("");
    const text = Buffer.from(values.buffer).toString("base64");
    written++;
    return [photo, `c${k}`, isAbsorbed ? `c${k}` : null, text, scale, FIRST_TIME + written];
  }

  return {
    async write(count, isAbsorbed) {
      for (let done = 0; done < count; done += ROWS_PER_REQUEST) {
        const rows = Array.from({ length: Math.min(ROWS_PER_REQUEST, count - done) }, () => makeLabel(isAbsorbed));
        await post(`${url}/labels`, rows);
      }
    },
  };
}

async function post(url: string, body: unknown): Promise<void> {
  const response = await fetch(url, { method: "POST", body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}
