/** Every limit of this deployment in one list, with the values that the code itself goes by. */
import type { Config } from "../../config.ts";
import { MAX_MESSAGE_BYTES } from "../../head/embedding-message.ts";
import { MAX_ALIASES, MAX_LANGUAGES } from "../../operations/class-fields.ts";
import { MAX_KNOWN_PHOTOS } from "../../operations/examples.ts";
import { accessOperations } from "../../operations/keys.ts";
import { MAX_TEXT_BATCH_BYTES, MAX_TEXTS_PER_REQUEST, MAX_THUMBNAIL_BYTES } from "../../operations/sample-fields.ts";
import {
  GUEST_BURST,
  KEY_BURST,
  SITE_BURST,
  WRONG_SECRET_BURST,
  WRONG_SECRET_SITE_BURST,
} from "../../shared/bursts.ts";
import { MAX_DESCRIPTION_CHARACTERS, MAX_NAME_CHARACTERS } from "../../shared/item-names.ts";
import { ok } from "../../shared/result.ts";
import { DAY_MS } from "../../shared/time.ts";
import { MAX_IMPORT_BYTES, MAX_IMPORT_ROWS } from "../../shared/transfer-format.ts";
import { KEY_CACHE_TTL_MS } from "../../store/access/key-cache.ts";
import { MAX_VALUE_BYTES } from "../../store/database.ts";
import { MAX_POOLED_PER_SITE, MAX_POOLED_PER_SOURCE } from "../../store/pool/tables.ts";
import {
  MAX_DECISIONS,
  MAX_PENDING_PER_SITE,
  MAX_PENDING_PER_SOURCE,
  MAX_PENDING_REVIEWS,
  REVIEW_PAGE,
} from "../../store/reviews/review-limits.ts";
import {
  DEAD_AFTER_MS,
  GIVE_UP_MS,
  KEPT_MESSAGES,
  MAX_WAITING_MESSAGES,
  MAX_WEBHOOKS,
} from "../../store/webhook/tables.ts";
import { MAX_TEXT_CHARACTERS } from "../../text/read-text.ts";
import { MAX_PREVIEW_CHARACTERS } from "../../text/text-preview.ts";
import { KEPT_HEADS, RUN_LIMITS } from "../../training/policy.ts";
import { SESSION_SECONDS } from "../access/session.ts";
import { BODY_SECONDS, STEP_SECONDS } from "../body/read-body.ts";
import { MAX_JSON_BYTES } from "../body/request-body.ts";
import { MAX_BATCH_BYTES, MAX_PHOTOS_PER_REQUEST } from "../modality/photo-body.ts";
import { readsWhat } from "../pages/page-language.ts";
import { serve } from "../serve.ts";

interface Limit {
  readonly name: string;
  readonly value: number;
  readonly unit: string;
  readonly description: string;
}

/** Answers without a query. */
export const limitHandlers = [
  serve(accessOperations.listLimits, async (c) =>
    ok({ limits: listLimits(c.get("services").config, (await readsWhat(c.get("services"))).reads === "texts") }),
  ),
];

/** In the order in which a request meets them: the caller, the body, what is stored, what is learned from it. */
function listLimits(config: Config, ofTexts: boolean): Limit[] {
  const bodies = ofTexts ? limitsOfTexts() : limitsOfPhotos(config);
  return [
    ...limitsOfSources(config),
    ...bodies,
    ...limitsOfBodies(),
    ...limitsOfQueue(),
    ...limitsOfPool(config),
    ...limitsOfStore(config),
    ...limitsOfWebhooks(),
  ];
}

function limitsOfSources({ dailyQuota, receiptTtlMs }: Config): Limit[] {
  return [
    limit("guestBurst", GUEST_BURST.requests, "requests", `of one network in ${GUEST_BURST.periodMs / 1_000} s`),
    limit("siteBurst", SITE_BURST.requests, "requests", `of an IPv6 /48 in ${SITE_BURST.periodMs / 1_000} s`),
    limit("keyBurst", KEY_BURST.requests, "requests", `of one key below admin in ${KEY_BURST.periodMs / 1_000} s`),
    limit("wrongKeys", WRONG_SECRET_BURST.requests, "requests", "with a wrong key, of one network in a minute"),
    limit(
      "wrongKeysOfSite",
      WRONG_SECRET_SITE_BURST.requests,
      "requests",
      "with a wrong key, of an IPv6 /48 in a minute",
    ),
    limit("guestQuota", dailyQuota.guest, "requests", "other than GET, of one network a day (UTC); 0: any number"),
    limit("keyQuota", dailyQuota.key, "requests", "other than GET, of one key below admin a day; 0: any number"),
    limit("sessionTime", SESSION_SECONDS, "seconds", "that a page stays signed in"),
    limit("revocationTime", KEY_CACHE_TTL_MS / 1_000, "seconds", "until a revoked key is refused everywhere"),
    limit("receiptTime", receiptTtlMs / 1_000, "seconds", "during which an answer can be corrected by its receipt"),
  ];
}

function limitsOfPhotos({ maxImageBytes, maxImagePixels }: Config): Limit[] {
  return [
    limit("imageBytes", maxImageBytes, "bytes", "of one photo"),
    limit("imagePixels", maxImagePixels, "pixels", "of a baseline JPEG; other codings weigh more"),
    limit("thumbnailBytes", MAX_THUMBNAIL_BYTES, "bytes", "of the picture that goes with a correction"),
    limit("batchPhotos", MAX_PHOTOS_PER_REQUEST, "photos", "in one request that adds examples"),
    limit("batchBytes", MAX_BATCH_BYTES, "bytes", "in one request that adds examples"),
    limit("knownPhotos", MAX_KNOWN_PHOTOS, "photos", "asked about in one request"),
  ];
}

function limitsOfTexts(): Limit[] {
  return [
    limit("textCharacters", MAX_TEXT_CHARACTERS, "characters", "of one text"),
    limit("previewCharacters", MAX_PREVIEW_CHARACTERS, "characters", "of the copy that goes with a correction"),
    limit("batchTexts", MAX_TEXTS_PER_REQUEST, "texts", "in one request that asks, corrects or adds examples"),
    limit("batchBytes", MAX_TEXT_BATCH_BYTES, "bytes", "in one request with several texts"),
  ];
}

function limitsOfBodies(): Limit[] {
  return [
    limit("embeddingBytes", MAX_MESSAGE_BYTES, "bytes", "of a device's embedding"),
    limit("jsonBytes", MAX_JSON_BYTES, "bytes", "of a JSON body"),
    limit("bodyTime", BODY_SECONDS, "seconds", "in which a body has to arrive"),
    limit("stepTime", STEP_SECONDS, "seconds", "in which the next 64 KiB of a body, or its rest, have to arrive"),
    limit("importRows", MAX_IMPORT_ROWS, "rows", "of an export in one request"),
    limit("importBytes", MAX_IMPORT_BYTES, "bytes", "of an export in one request"),
  ];
}

function limitsOfQueue(): Limit[] {
  return [
    limit("pendingReviews", MAX_PENDING_REVIEWS, "corrections", "that wait at once"),
    limit("pendingOfSource", MAX_PENDING_PER_SOURCE, "corrections", "of one network or key that wait at once"),
    limit("pendingOfSite", MAX_PENDING_PER_SITE, "corrections", "of the networks around one another that wait at once"),
    limit("reviewPage", REVIEW_PAGE, "corrections", "in one list of what waits"),
    limit("decisions", MAX_DECISIONS, "decisions", "in one request"),
  ];
}

function limitsOfPool({ pool }: Config): Limit[] {
  return [
    limit("poolSize", pool.size, "answers", "that the live version was unsure of and that are kept to be labelled"),
    limit("poolDays", pool.keptMs / DAY_MS, "days", "for which they are kept"),
    limit("pooledOfSource", MAX_POOLED_PER_SOURCE, "answers", "to one network of guests that are kept at once"),
    limit("pooledOfSite", MAX_POOLED_PER_SITE, "answers", "to the networks around one another that are kept at once"),
  ];
}

function limitsOfStore({ leaseMs }: Config): Limit[] {
  return [
    limit("headBytes", MAX_VALUE_BYTES, "bytes", "of one version: about 1,000 items with 1,280 numbers per embedding"),
    limit("itemName", MAX_NAME_CHARACTERS, "characters", "of an item's name"),
    limit("itemDescription", MAX_DESCRIPTION_CHARACTERS, "characters", "of an item's description"),
    limit("itemAliases", MAX_ALIASES, "names", "that an item may have beside its own"),
    limit("itemLanguages", MAX_LANGUAGES, "languages", "that an item's name may be translated to"),
    limit("runLabels", RUN_LIMITS.labels, "labels", "taken in by one training run"),
    limit("runLease", leaseMs / 1_000, "seconds", "after which a silent training run is taken for dead"),
    limit("keptHeads", KEPT_HEADS, "heads", "that keep their weights beside live and pinned ones"),
  ];
}

function limitsOfWebhooks(): Limit[] {
  return [
    limit("webhooks", MAX_WEBHOOKS, "webhooks", "of the deployment"),
    limit("webhookWaiting", MAX_WAITING_MESSAGES, "messages", "that wait for one webhook"),
    limit("webhookTries", GIVE_UP_MS / 1_000, "seconds", "for which one message to a webhook is tried"),
    limit("webhookDead", DEAD_AFTER_MS / 1_000, "seconds", "of failures only, after which a webhook is given up"),
    limit("webhookLog", KEPT_MESSAGES, "messages", "that webhooks were sent and that stay in their logs"),
  ];
}

function limit(name: string, value: number, unit: string, description: string): Limit {
  return { name, value, unit, description };
}
