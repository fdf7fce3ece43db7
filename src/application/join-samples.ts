/** Several photos of one thing, asked about as one: the sample is the mean of their embeddings, and gets one answer and one receipt. */
import { joinEmbeddings } from "../head/join-embeddings.ts";
import { photoOfSeveral } from "../shared/english/photos.ts";
import { sha256Hex } from "../shared/hash.ts";
import type { Problem, ProblemCode } from "../shared/problem.ts";
import { err, ok, type Result } from "../shared/result.ts";
import type { Caller } from "./caller.ts";
import type { Embedded, EmbedTimes, SentSample } from "./sample.ts";

/** What is wrong with a photo, not with the deployment. */
const OF_ONE_PHOTO: ReadonlySet<ProblemCode> = new Set([
  ...(["empty_body", "body_too_large", "unsupported_media_type"] as const),
  ...(["not_an_image", "image_too_large", "image_broken", "invalid_embedding"] as const),
]);

/** What several photos became, and how many different ones there were. */
export interface Together {
  readonly embedded: Pick<Embedded, "sample" | "copy" | "times">;
  readonly photos: number;
}

/**
 * One that cannot be used refuses them all: an answer to fewer than were sent would not say so to whoever looks at it alone. Each counts like a
 * request against bursts and quotas. Equal photos count once, and the order does not matter.
 */
export async function embedTogether(
  { refuseOneMore }: Caller,
  rows: readonly Result<SentSample, Problem>[],
): Promise<Result<Together, Problem>> {
  const known = new Map<string, Embedded>();
  for (const [i, row] of rows.entries()) {
    const limit = i > 0 ? await refuseOneMore() : null;
    if (limit !== null) return err(limit);
    const embedded = row.ok ? await row.value.embed() : row;
    if (!embedded.ok) return err(rows.length > 1 ? nameOne(embedded.error, i, rows.length) : embedded.error);
    const { sampleId } = embedded.value.sample;
    if (!known.has(sampleId)) known.set(sampleId, embedded.value);
  }
  return ok({ embedded: await join([...known.values()]), photos: known.size });
}

/** Known by the hash of the photos' ids. The pool keeps the copy of the first. */
async function join(all: readonly Embedded[]): Promise<Together["embedded"]> {
  const [first] = all;
  const times = addTimes(all);
  if (all.length === 1) return { ...first, times };
  const ids = all.map(({ sample }) => sample.sampleId).sort();
  const sampleId = await sha256Hex(Uint8Array.fromHex(ids.join("")));
  const embedding = joinEmbeddings(all.map(({ sample }) => sample.embedding));
  return { sample: { ...first.sample, sampleId, embedding }, copy: first.copy, times };
}

function addTimes(all: readonly Embedded[]): EmbedTimes {
  const sumOf = (name: keyof EmbedTimes) => all.reduce((sum, { times }) => sum + (times?.[name] ?? 0), 0);
  return { decodeMs: sumOf("decodeMs"), embedMs: sumOf("embedMs") };
}

function nameOne(problem: Problem, index: number, of: number): Problem {
  if (!OF_ONE_PHOTO.has(problem.code)) return problem;
  const which = photoOfSeveral({ number: index + 1, of });
  return { ...problem, detail: `${which.text} ${problem.detail}`, says: [...which.says, ...problem.says] };
}
