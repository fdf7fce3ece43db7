/** Every number that bounds what guests can put into the review queue, and how much of it is looked at at once. */
import { DAY_MS } from "../../shared/time.ts";

/** Corrections that may wait at once: some 50 MB with their previews, more than staff decide in a week. */
export const MAX_PENDING_REVIEWS = 2_000;

/** From one contributor: more than a guest's whole evening, less than a fortieth of the queue. */
export const MAX_PENDING_PER_SOURCE = 50;

/** From one site (`shared/contributor.ts`): whoever holds a /48 can pose as 65,536 contributors. */
export const MAX_PENDING_PER_SITE = 200;

/** A contributor's correction counts half in the order of the queue when they have this many waiting. */
export const SOURCE_HALF_LIFE = 10;

/** Corrections that are grouped and put in order for one page: the most useful ones by the head of their arrival. */
export const REVIEW_WINDOW = 200;

/** Corrections on one page: some 2.7 MB with the largest previews. */
export const REVIEW_PAGE = 100;

/** Decisions in one request: three statements each, in one transaction of D1's 1,000 at most. */
export const MAX_DECISIONS = 100;

/** So long after a decision it can be undone; then the nightly job drops the embedding and the picture. */
export const UNDO_MS = DAY_MS;
