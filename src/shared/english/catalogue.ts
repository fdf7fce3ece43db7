/**
 * What a language beside English has to say, file by file. English is the original: a sentence that exists there and
 * nowhere else does not compile.
 */
import type { MakersIn, TranslationsOf } from "../sentence.ts";
import type * as access from "./access.ts";
import type * as drift from "./drift.ts";
import type * as fields from "./fields.ts";
import type * as files from "./files.ts";
import type * as gates from "./gates.ts";
import type * as inputs from "./inputs.ts";
import type * as labels from "./labels.ts";
import type * as menu from "./menu.ts";
import type * as photos from "./photos.ts";
import type * as requests from "./requests.ts";
import type * as rows from "./rows.ts";
import type * as runs from "./runs.ts";
import type * as sums from "./sums.ts";
import type * as versions from "./versions.ts";
import type * as webhooks from "./webhooks.ts";

export type AccessTexts = TranslationsOf<MakersIn<typeof access>>;
export type FieldTexts = TranslationsOf<MakersIn<typeof fields>>;
export type FileTexts = TranslationsOf<MakersIn<typeof files>>;
export type InputTexts = TranslationsOf<MakersIn<typeof inputs>>;
export type LabelTexts = TranslationsOf<MakersIn<typeof labels>>;
export type MenuTexts = TranslationsOf<MakersIn<typeof menu>>;
export type PhotoTexts = TranslationsOf<MakersIn<typeof photos>>;
export type RequestTexts = TranslationsOf<MakersIn<typeof requests>>;
export type VersionTexts = TranslationsOf<MakersIn<typeof versions>>;
export type WebhookTexts = TranslationsOf<MakersIn<typeof webhooks>>;

/** Every sentence of a problem. */
export type ProblemTexts = AccessTexts &
  FieldTexts &
  FileTexts &
  InputTexts &
  LabelTexts &
  MenuTexts &
  PhotoTexts &
  RequestTexts &
  VersionTexts &
  WebhookTexts;

export type DriftTexts = TranslationsOf<MakersIn<typeof drift>>;
export type GateTexts = TranslationsOf<MakersIn<typeof gates>>;
export type RunTexts = TranslationsOf<MakersIn<typeof runs>>;
export type SumTexts = TranslationsOf<MakersIn<typeof sums>>;

/** Every sentence of runs, versions and the watch over the answers. A run can fail for one problem. */
export type WorkTexts = DriftTexts & GateTexts & RunTexts & SumTexts & Pick<VersionTexts, "labels_of_another_backbone">;

/** Every reason of a row of an import. */
export type RowTexts = TranslationsOf<MakersIn<typeof rows>>;
