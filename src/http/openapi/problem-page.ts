/** The page `/docs/problems`, made by `npm run build`: every code with its status, its meaning and what to do. */

import { html } from "hono/html";
import { PROBLEM_CODES, type ProblemCode } from "../../shared/problem.ts";
import { STATUS_OF } from "../answers/problem-response.ts";

/** In English, for people who write programs against the API. */
const PROBLEM_MEANINGS: Readonly<Record<ProblemCode, string>> = {
  bad_request: "A field of the body or the query is missing or wrong; the detail names it. Correct it and send again.",
  empty_body: "The request has no body. Send what the operation takes.",
  unauthorized: "The key or the session is missing, wrong or over. Sign in, or send another key.",
  forbidden:
    "The role of the key is not enough, or a change asked for with the cookie did not come from a page of ours.",
  not_found: "There is no such thing, or no such path. The detail says where to look.",
  method_not_allowed: "The path exists, but not with this method; the header Allow lists the methods it takes.",
  not_acceptable: "The request accepts no type that the API answers with. Accept application/json.",
  no_head: "Nothing has been trained yet. Add examples of at least two items; the detail says what is missing.",
  class_exists: "Another item has this name or id. Choose another one, or restore the archived item.",
  class_archived:
    "The item is archived or merged into another one, and takes no labels. Restore it, or use the other one.",
  place_exists: "Another place has this id or this name. Choose another one, or change that place.",
  too_many_places: "There are already as many places as there may be. Delete one that nobody uses any more.",
  too_many_webhooks:
    "There are already as many webhooks as there may be. Delete one, or have one receiver tell the others.",
  already_decided: "Staff have decided on this correction. Read the queue again.",
  key_ended: "The key was revoked or has expired. Make a new one, or rotate it with a new end.",
  last_admin_key: "Without this key nobody could administer the deployment. Make another admin key first.",
  cannot_undo: "The decision can no longer be undone; the detail says why. Relabel or forget the example instead.",
  import_conflict: "The deployment is not in a state for this import; the detail says what would have to change.",
  idempotency_in_progress:
    "The first request with this Idempotency-Key is not answered yet. Send the same one again soon.",
  idempotency_mismatch: "This Idempotency-Key came with another path or body before. Take a new key for each request.",
  backbone_mismatch: "Embeddings of two backbones do not mix. The detail says which one is needed where.",
  head_purged: "The weights of this head have been deleted: it was old, or had seen what had to be forgotten.",
  receipt_expired: "The answer is too old to be corrected by its receipt. Classify again.",
  body_too_large: "The body is larger than the operation takes. Send less at once.",
  body_too_slow: "The body came too slowly, or stopped on its way. Send it again over a better connection.",
  image_too_large: "The photo has more bytes or pixels than fit beside the backbone. Send it smaller.",
  unsupported_media_type: "This deployment reads neither this content type nor this format. Convert it.",
  not_an_image: "The bytes are not a photo, whatever their content type says.",
  image_broken: "The photo is cut off or damaged, so its pixels cannot be trusted.",
  invalid_embedding: "The embedding of a device breaks the format; the detail names the rule.",
  unknown_class: "The label names no item. GET /v1/menu lists them.",
  receipt_invalid: "This deployment did not make the receipt, or somebody changed it on its way.",
  too_many_corrections:
    "Many corrections from this network wait for staff. Send more when staff have decided on those.",
  rate_limited: "This key or network sends too many requests. Try again after the seconds in Retry-After.",
  quota_exceeded: "This key or network has used up its requests for today. The next day begins at midnight UTC.",
  human_check_failed:
    "Guests of this deployment show that they are people: the Turnstile token is missing, forged, too old or used. Get a new one, or send a key.",
  human_check_unavailable:
    "Cloudflare, which judges the Turnstile token, did not answer in time. Get a new token and try again.",
  backbone_unavailable:
    "The backbone could not be loaded. Try again; if that does not help, the operator has to deploy it again.",
  overloaded: "More came at once than there is room for. Try again after the seconds in Retry-After.",
  review_queue_full: "Too many corrections wait for staff. Try again later.",
  storage_unavailable: "The database did not answer, and nothing of the request was stored. Try again.",
  misconfigured: "A variable or a secret of the deployment is missing or wrong; the detail names it to the operator.",
  internal: "A bug. Report the request id to the operator, whose log has the rest.",
};

/** The whole page. */
export async function renderProblemPage(): Promise<string> {
  const entries = PROBLEM_CODES.map((code) => {
    const { status, title } = STATUS_OF[code];
    return html`<dt id="${code}"><code>${code}</code> ${status} ${title}</dt><dd>${PROBLEM_MEANINGS[code]}</dd>`;
  });
  const page = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Problems - Headstart API</title>
<link rel="icon" href="/assets/icon.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/docs.css">
</head>
<body class="problems">
<main>
<h1>Problems</h1>
<p>Every error of the <a href="/docs">API</a> is an answer of type <code>application/problem+json</code> (RFC 9457). Its <code>code</code> is one
of these, its <code>detail</code> says what was wrong this time.</p>
<dl>
${entries}
</dl>
</main>
</body>
</html>
`;
  return String(await page);
}
