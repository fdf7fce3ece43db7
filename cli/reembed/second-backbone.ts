/** The part of the HTTP API that a change of the backbone needs (docs/api.md). All calls but the last are safe to repeat. */
import { z } from "zod";
import type { secondBackboneOperations } from "../../src/operations/second-backbone.ts";
import { answerOf } from "../headstart/answer-of.ts";
import { type Call, postJson } from "../import/api-client.ts";

const PATH = "/v1/admin/second-backbone";

const comparison = z.object({ examples: z.number(), rightFrom: z.number(), rightTo: z.number() }).nullable();
const headSchema = z.looseObject({ version: z.number() }).nullable();
const changeSchema = answerOf<typeof secondBackboneOperations.showBackboneChange>()(
  z.looseObject({
    running: z.string(),
    inUse: z.string().nullable(),
    second: z
      .looseObject({
        id: z.string(),
        name: z.string(),
        inUseName: z.string(),
        embedded: z.number(),
        missing: z.number(),
        left: z.number(),
        readyAt: z.string().nullable(),
        movedAt: z.string().nullable(),
        head: headSchema,
        comparison: z.object({ leaveOneOut: comparison, test: comparison }).nullable(),
      })
      .nullable(),
  }),
);
/** Where a change stands. */
export type BackboneChange = z.infer<typeof changeSchema>;

const missingRow = z.object({
  photo: z.string(),
  label: z.string(),
  /** Whether its original can be had; servers of older versions keep none for this. */
  original: z.boolean().default(false),
  /** Where texts are read and kept: how it begins. */
  text: z.string().nullable().default(null),
});
const missingSchema = answerOf<typeof secondBackboneOperations.listMissingEmbeddings>()(
  z.object({ missing: z.array(missingRow), next: z.string().nullable() }),
);
/** A labelled sample without an embedding. */
export type MissingSample = z.infer<typeof missingRow>;

const sentSchema = answerOf<typeof secondBackboneOperations.sendEmbeddings>()(
  z.object({ stored: z.number(), refused: z.array(z.string()) }),
);

/** An embedding as the API takes it. */
export interface SentEmbedding {
  readonly photo: string;
  /** int8 values in base64. */
  readonly embedding: string;
  readonly scale: number;
}

export function showChange(call: Call): Promise<BackboneChange> {
  return call(changeSchema, PATH);
}

export async function beginChange(
  call: Call,
  backbone: { id: string; name: string; dimension: number },
): Promise<void> {
  await call(z.null(), PATH, postJson(backbone, "PUT"));
}

export async function endChange(call: Call): Promise<void> {
  await call(z.null(), PATH, { method: "DELETE" });
}

/** All of them, page by page. */
export async function listMissing(call: Call, backbone: string): Promise<MissingSample[]> {
  const all: MissingSample[] = [];
  for (let after: string | null = ""; after !== null; ) {
    const query = new URLSearchParams({ backbone, limit: "200", ...(after === "" ? {} : { after }) });
    const page: z.infer<typeof missingSchema> = await call(missingSchema, `${PATH}/missing?${query}`);
    all.push(...page.missing);
    after = page.next;
  }
  return all;
}

export async function sendEmbeddings(call: Call, backbone: string, embeddings: readonly SentEmbedding[]) {
  return call(sentSchema, `${PATH}/embeddings`, postJson({ backbone, embeddings }));
}

/** Makes a head of the second backbone; on a Worker that runs it, completes the change. */
export function trainSecond(call: Call, leave: "all" | readonly string[]): Promise<BackboneChange> {
  return call(changeSchema, `${PATH}/head`, postJson({ leave }));
}
