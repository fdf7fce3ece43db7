/** Where a statement may read a whole table or index, and why that does not grow with the labels. */

/** A scan that is allowed: the step of the plan, the statement it belongs to, and the only part of the work that sends it. */
export interface AllowedScan {
  readonly step: RegExp;
  readonly sql?: RegExp;
  readonly part?: string;
  readonly why: string;
}

/** `query-plans.workerd.test.ts` finds each of them, and no other. */
export const ALLOWED_SCANS: readonly AllowedScan[] = [
  { step: /VIRTUAL TABLE/, why: "the entries of a JSON parameter" },
  {
    step: /^SCAN classes( USING (COVERING )?INDEX classes_(created|active_name))?$/,
    why: "one row per item of the menu",
  },
  { step: /^SCAN class_keys USING COVERING INDEX/, part: "menu", why: "one row per name on the menu" },
  { step: /^SCAN review_decisions$/, part: "menu", why: "decisions of one day; an item is deleted once" },
  { step: /^SCAN (\(subquery-1\)|teacher_days)$/, part: "teacher", why: "the last 50 answers; the last 14 days" },
  { step: /^SCAN (statistics|rebuild|deployment|second_slot)$/, why: "a table of one row" },
  {
    step: /^SCAN teacher_labels( USING INDEX sqlite_autoindex_teacher_labels_1)?$/,
    why: "cut back to the newest 2,000 answers every night; a day adds its budget at most",
  },
  { step: /USING INDEX examples_pending$/, why: "a partial index: labels that wait for a run" },
  { step: /USING (COVERING )?INDEX reviews_pending$/, why: "a partial index: corrections that wait, at most 2,000" },
  {
    step: /^SCAN (CONSTANT ROW|\(subquery-\d+\))$/,
    part: "correction",
    why: "counting what a subquery found along an index, up to its LIMIT",
  },
  { step: /^SCAN (waiting|pending)$/, part: "metrics", why: "the same" },
  { step: /^SCAN pending$/, part: "review listing", why: "at most 2,000" },
  { step: /^SCAN pending$/, part: "staff pages", why: "the same" },
  {
    step: /^SCAN CONSTANT ROW$/,
    sql: /^insert into "audit_log"/,
    why: "no table: an entry where the statement before changed a row, or on a condition",
  },
  {
    step: /^SCAN examples$/,
    sql: /^select "backbone_id"(, \(SELECT [^)]*\))? from "examples" limit \?$/,
    why: "stops at the first row",
  },
  {
    step: /^SCAN examples USING INDEX examples_created$/,
    sql: /order by "examples"."created_at" desc limit \?$/,
    why: "stops at the newest 300",
  },
  { step: /^SCAN heads$/, sql: /order by "heads"."version" desc limit \?$/, why: "stops at the newest ones" },
  { step: /^SCAN (training_runs|audit_log)$/, sql: /"id" desc limit \?$/, why: "stops at the newest ones" },
  { step: /^SCAN repeatable_answers$/, part: "forgetting", why: "answers of one day; a contributor is forgotten once" },
  {
    step: /^SCAN reviews/,
    sql: /"reviews"."class_id" = \?\)*($| WHERE EXISTS)/,
    part: "menu",
    why: "an item is deleted once; corrections are few and kept for 90 days",
  },
  {
    step: /^SCAN (heads|deployment|training_runs|audit_log|class_sums|reviews( USING COVERING INDEX .*)?$)/,
    part: "nightly job",
    why: "once a night, and not the examples; the reviews' keys once per item that is dropped, for its foreign key",
  },
  {
    step: /^SCAN (pooled_samples USING COVERING INDEX .*|\(subquery-\d+\)|CONSTANT ROW)$/,
    sql: /^(delete from|insert into) "pooled_samples"/,
    why: "along an index, as many rows as the operator's pool has, once per batch and isolate",
  },
  {
    step: /^SCAN pooled_samples$/,
    part: "menu",
    why: "as many rows as the operator's pool has; an item is deleted once",
  },
  {
    step: /^SCAN pooled_samples USING INDEX pooled_samples_margin$/,
    part: "pool listing",
    why: "stops at the 200 least sure ones",
  },
  { step: /^SCAN pooled(_samples USING COVERING INDEX .*)?$/, part: "pool listing", why: "at most 1,000" },
  {
    step: /^SCAN pooled_samples (EXISTS )?USING COVERING INDEX/,
    part: "pool deciding",
    why: "as many rows as the operator's pool has; it is emptied once",
  },
  { step: /^SCAN pooled_samples$/, part: "nightly job", why: "the same, once a night" },
  {
    step: /^SCAN (picture_totals|found|CONSTANT ROW|\(subquery-\d+\)|(pictures|originals) USING COVERING INDEX .*)$/,
    sql: /"(pictures|originals|picture_totals)"/,
    why: "one row; what is being kept; and where nothing is kept any more, what goes",
  },
  {
    step: /^SCAN pooled_samples USING INDEX pooled_samples_seen$/,
    sql: /NOT \S+ GLOB 'g_\*'/,
    why: "as many rows as the operator's pool has, once a refit; it stops at 500 of keys",
  },
  { step: /^SCAN api_keys$/, part: "places", why: "as many as there are keys; a place is deleted once" },
  { step: /^SCAN places( USING COVERING INDEX .*)?$/, why: "at most 20" },
  {
    step: /^SCAN CONSTANT ROW$/,
    sql: /^insert into "(places|webhooks)"/,
    why: "no table: a place, or a webhook, where there is room for one",
  },
  { step: /^SCAN webhooks( USING COVERING INDEX .*)?$/, why: "at most 20" },
  {
    step: /^SCAN \(subquery-\d+\)$/,
    sql: /^insert into "webhook_deliveries"/,
    why: "counting what waits, of one webhook or of corrections, along an index and up to its LIMIT",
  },
  {
    step: /^SCAN \(subquery-\d+\)$/,
    sql: /^select .* from "webhooks"/,
    why: "the same, of each webhook",
  },
  {
    step: /^SCAN (CONSTANT ROW|suggestions USING COVERING INDEX .*)$/,
    part: "suggestion",
    why: "no table; at most 1,000 wishes",
  },
  { step: /^SCAN webhook_deliveries$/, part: "nightly job", why: "once a night, a thousand messages and what waits" },
];
