/**
 * The seam between what a deployment reads, photos or texts, and everything that treats both alike. A modality accepts a
 * content type, reads within limits, tells two samples apart, embeds them, copies them for staff, and names its own
 * problems. Only pages and lists of limits ask which one it is, to choose their words.
 */
import type { Context } from "hono";
import type { Caller } from "../../application/caller.ts";
import type { SentSample, SentSamples } from "../../application/sample.ts";
import type { menuOperations } from "../../operations/menu.ts";
import type { AnswerOf } from "../../operations/operation.ts";
import type { Problem } from "../../shared/problem.ts";
import type { Result } from "../../shared/result.ts";
import type { AppEnv } from "../app-env.ts";

/** What came from the guests' page without script. */
export interface SentForm {
  readonly sample: SentSample;
  readonly fields: Readonly<Record<string, string | undefined>>;
  /** The text, to be shown beside its answer. */
  readonly text?: string;
}

/** What goes with a receipt for staff to see. */
export interface SentPreview {
  readonly text?: string | undefined;
  readonly thumbnail?: string | undefined;
}

/** One way of reading. Every problem is an answer of its own; none throws. */
export interface Modality {
  /** As `GET /v1/menu` names it. */
  readonly reads: "photos" | "texts";
  /** Whose embeddings it makes. */
  readonly backboneId: string;
  /** The model service, by its name, that samples are handed on to; null where they stay in this deployment. */
  readonly handsOnTo: string | null;
  /** What it reads, as BCP 47 tags; empty of photos. */
  readonly languages: readonly string[];
  /** The field in which a waiting correction shows its preview. */
  readonly previewField: "thumbnail" | "text";
  /** Whether an export may carry previews away. */
  readonly exportsPreviews: boolean;
  /** Whether staff are shown the preview of a label that the head doubts, as long as one is held. */
  readonly previewsSuspects: boolean;
  /** Whether an item of which nobody has shown an example is answered by its description. */
  readonly goesByDescriptions: boolean;
  /** Whether several samples can be asked about as one. */
  readonly joinsSamples: boolean;
  /** What a client has to know before it sends a sample. */
  readonly limits: AnswerOf<typeof menuOperations.readMenu>["limits"];
  /** Loads what the first sample needs. Never rejects. */
  warmUp(): Promise<void>;
  /** The body of a question, which may hold a list. */
  readQuestion(c: Context<AppEnv>): Promise<Result<SentSamples, Problem>>;
  /** The body of a correction. */
  readSent(c: Context<AppEnv>): Promise<Result<SentSamples, Problem>>;
  /** The body of an upload of examples, which may hold more. */
  readExamples(c: Context<AppEnv>): Promise<Result<SentSamples, Problem>>;
  /** The form of the guests' page. */
  readForm(c: Context<AppEnv>): Promise<Result<SentForm, Problem>>;
  /** Texts out of a JSON body; `unsupported_media_type` where none are read. */
  takeTexts(caller: Caller, texts: readonly string[]): Result<SentSample[], Problem>;
  /** By what an embedding that a device sent instead of a sample is known: equal messages are one sample. */
  identifyMessage(message: Uint8Array<ArrayBuffer>): Promise<string>;
  /** The preview of the sample that `sampleId` stands for, out of what was sent with its receipt; null where nothing was. */
  readPreview(sent: SentPreview, sampleId: string): Promise<Result<string | null, Problem>>;
}
