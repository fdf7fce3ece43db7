/** The admin routes about a change of the backbone, as functions, and the shapes of their answers. */
import type { pictureOperations } from "../../operations/labelled-samples.ts";
import type { secondBackboneOperations } from "../../operations/second-backbone.ts";
import { type Answer, callAdmin } from "./admin-api.ts";
import { answerOf, type Decoded, flag, list, nothing, nullable, number, object, text } from "./decode.ts";

const comparison = object({ examples: number, rightFrom: number, rightTo: number });
const second = object({
  id: text,
  name: text,
  inUseName: text,
  embedded: number,
  missing: number,
  left: number,
  readyAt: nullable(text),
  movedAt: nullable(text),
  head: nullable(object({ version: number })),
  comparison: nullable(object({ leaveOneOut: nullable(comparison), test: nullable(comparison) })),
});
const change = answerOf<typeof secondBackboneOperations.showBackboneChange>()(
  object({ running: text, inUse: nullable(text), second: nullable(second) }),
);
/** The backbone beside the one in use, and how both answer. */
export type SecondBackbone = Decoded<typeof second>;
/** Where a change stands; `running` is what answers guests. */
export type BackboneChange = Decoded<typeof change>;

const missingExample = object({
  photo: text,
  label: text,
  purpose: text,
  picture: flag,
  text: nullable(text),
  original: flag,
});
const missingPage = answerOf<typeof secondBackboneOperations.listMissingEmbeddings>()(
  object({ missing: list(missingExample), next: nullable(text) }),
);
/** Examples that the second backbone lacks. */
type MissingPage = Decoded<typeof missingPage>;

export function fetchChange(): Answer<BackboneChange> {
  return callAdmin({ path: "/second-backbone" }, change);
}

/** Deletes what is kept of the backbone that is not in use. */
export function giveUpSecond(): Answer<void> {
  return callAdmin({ method: "DELETE", path: "/second-backbone" }, nothing);
}

/** A page of what the backbone with that id lacks, behind `after` (empty: from the start). */
export function fetchMissing(backbone: string, after: string, limit: number): Answer<MissingPage> {
  const query = new URLSearchParams({ backbone, after, limit: String(limit) });
  return callAdmin({ path: `/second-backbone/missing?${query}` }, missingPage);
}

const keepsAnswer = answerOf<typeof pictureOperations.countPictures>()(object({ keeps: text }));
/** Whether the deployment keeps what it was taught by: `none`, `thumbnails` or `originals`. */
export async function fetchKeeps(): Answer<string> {
  const answer = await callAdmin({ path: "/pictures" }, keepsAnswer);
  return answer.ok ? { ok: true, value: answer.value.keeps } : answer;
}
