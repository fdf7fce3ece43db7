/** Samples that the deployment itself keeps: originals of its bucket, and texts that are kept whole. They are fetched one by one, when their turn comes. */
import { z } from "zod";
import type { pictureOperations } from "../../src/operations/labelled-samples.ts";
import type { Result } from "../../src/shared/result.ts";
import { err, ok } from "../../src/shared/result.ts";
import { MAX_PREVIEW_CHARACTERS } from "../../src/text/text-preview.ts";
import { embedBytes, type PhotoReader } from "../evaluate/embed-photos.ts";
import { embedText, type NodeTextEmbedder } from "../evaluate/node-text-embedder.ts";
import { answerOf } from "../headstart/answer-of.ts";
import { ApiError, type Call, readAnswer, type Send } from "../import/api-client.ts";
import { CommandError, EXIT } from "../shared/command.ts";
import type { FindSources, SampleSource } from "./sample-source.ts";
import type { MissingSample } from "./second-backbone.ts";

type Kept = Result<Uint8Array<ArrayBuffer>, { readonly detail: string }>;

const keepsSchema = answerOf<typeof pictureOperations.countPictures>()(
  z.object({ keeps: z.enum(["none", "thumbnails", "originals"]) }),
);

/** Throws `CommandError` where the deployment keeps nothing that can be embedded. */
export async function requireKept(call: Call, reads: "photos" | "texts"): Promise<void> {
  const { keeps } = await call(keepsSchema, "/v1/admin/pictures");
  if (keeps === "originals" || (keeps === "thumbnails" && reads === "texts")) return;
  const given = reads === "photos" ? "the folder that holds the photos" : "the list of texts";
  throw new CommandError(
    `This deployment keeps no ${reads === "photos" ? "originals" : "texts"} (KEEP_PICTURES): name ${given}.`,
  );
}

/** Photos whose original is in the bucket. Thumbnails are not embedded: that would cost right answers (docs/benchmarks.md). */
export function keptPhotos(send: Send, reader: PhotoReader): FindSources {
  return findKept(
    ({ original }) => original,
    async ({ photo }) => {
      const bytes = await fetchKept(send, photo, "original");
      return bytes.ok ? (await embedBytes(bytes.value, reader)).embedding : bytes;
    },
  );
}

/** Texts of which the bucket has the original, or the database the whole: it keeps a page. */
export function keptTexts(send: Send, reader: NodeTextEmbedder): FindSources {
  return findKept(
    ({ original, text }) => original || text !== null,
    async ({ photo, original }) => {
      const bytes = await fetchKept(send, photo, original ? "original" : "small");
      if (!bytes.ok) return bytes;
      const text = new TextDecoder().decode(bytes.value);
      if (!original && isCut(text)) return err({ detail: "only its beginning is kept" });
      return embedText(text, reader);
    },
  );
}

function findKept(
  isKept: (sample: MissingSample) => boolean,
  embed: (sample: MissingSample) => ReturnType<SampleSource["embed"]>,
): FindSources {
  return async function findKeptSamples(missing) {
    const kept = missing.filter(isKept);
    return new Map(kept.map((sample) => [sample.photo, { file: sample.photo, embed: () => embed(sample) }]));
  };
}

/** The ellipsis of `previewText`, which follows half a character at the earliest. */
function isCut(text: string): boolean {
  return text.length >= MAX_PREVIEW_CHARACTERS - 1 && text.endsWith("…");
}

async function fetchKept(send: Send, photo: string, size: "original" | "small"): Promise<Kept> {
  const path = `/v1/admin/examples/${photo}/picture?size=${size}`;
  const response = await send(path);
  try {
    if (!response.ok) await readAnswer(z.never(), path, response);
    return ok(new Uint8Array(await response.arrayBuffer()));
  } catch (cause) {
    if (cause instanceof ApiError && cause.status === 404) return err({ detail: "it is no longer kept" });
    if (cause instanceof CommandError) throw cause;
    throw new CommandError(
      "The connection broke off. Run the same command again: it goes on from here.",
      EXIT.unreachable,
    );
  }
}
