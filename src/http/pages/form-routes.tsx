/**
 * The guests' page without script: its forms, answered by pages. `POST /` classifies the photo, `POST /reply` takes the
 * guest's word for what it shows and `POST /suggest` what they miss, which also says that the photo is not on the menu; both lead to `GET /thanks`, so that reloading sends nothing again. The work is the API's.
 */
import { type Context, Hono, type HonoRequest, type MiddlewareHandler } from "hono";
import { z } from "zod";
import { classifyOne } from "../../application/classify.ts";
import { correct, type LabelOutcome, openCorrection } from "../../application/correct.ts";
import { keepsPictures } from "../../config.ts";
import { TOKEN_NAME } from "../../operations/common.ts";
import { receiptSchema } from "../../operations/labels.ts";
import { sentText } from "../../operations/sample-fields.ts";
import { suggestionSchema } from "../../operations/suggestions.ts";
import { NONE_ID } from "../../shared/none-label.ts";
import type { Problem } from "../../shared/problem.ts";
import { ok, type Result } from "../../shared/result.ts";
import { AnswerPage } from "../../web/guests/answer-page.tsx";
import { LostPage, RefusalPage, ThanksPage } from "../../web/guests/notice-page.tsx";
import { callerOf } from "../access/caller.ts";
import { checkHuman } from "../access/human-check.ts";
import { respondProblem } from "../answers/problem-response.ts";
import type { AppEnv } from "../app-env.ts";
import { checkFields, readUrlEncoded } from "../body/request-body.ts";
import { readItems } from "../menu/menu.ts";
import { takeSuggestion } from "../menu/suggestions.ts";
import { findModality } from "../modality/find-modality.ts";
import { MAX_FORM_BYTES } from "../modality/text-modality.ts";
import { asPageInLanguage, readTexts } from "./page-language.ts";

/** As many bars as the scripted page shows. */
const ASKED = { topK: 5 };

/** The human check's field is among them where the deployment has one. */
const token = { [TOKEN_NAME]: z.string().optional() };
const replySchema = receiptSchema.pick({ receipt: true, label: true }).extend({ ...token, sent: sentText.optional() });
const suggestSchema = suggestionSchema.extend(token);
const thanksSchema = z.object({
  for: z.enum(["pending", "counted", "known", "suggested"]).catch("pending"),
});

/** Mounted at `/`. A refusal is answered as a problem, which `showRefusalsAsPages` turns into a page. */
export const formRoutes = new Hono<AppEnv>()
  .post("/", async (c) => {
    const found = await classifyForm(c);
    if (!found.ok) return respondProblem(c, found.error);
    const { answer, sent } = found.value;
    const items = await readItems(c.get("services"), callerOf(c));
    const headers = { ...asPageInLanguage(c), "cache-control": "no-store" };
    const picturesKept = keepsPictures(c.get("services").config);
    const about = { answer, items, sent, picturesKept };
    return c.html(<AnswerPage texts={await readTexts(c)} {...about} />, 200, headers);
  })
  .post("/reply", async (c) => {
    const sent = await readUrlEncoded(c, replySchema, MAX_FORM_BYTES);
    if (!sent.ok) return respondProblem(c, sent.error);
    const human = await checkHuman(c, sent.value);
    if (!human.ok) return respondProblem(c, human.error);
    const { receipt, label, sent: text } = sent.value;
    const outcome = await storeReply(c, { receipt, label, text });
    if (!outcome.ok) return respondProblem(c, outcome.error);
    const { status, stored } = outcome.value;
    return c.redirect(`/thanks?for=${stored ? status : "known"}`, 303);
  })
  .post("/suggest", async (c) => {
    const sent = await readUrlEncoded(c, suggestSchema);
    if (!sent.ok) return respondProblem(c, sent.error);
    const human = await checkHuman(c, sent.value);
    if (!human.ok) return respondProblem(c, human.error);
    const taken = await takeSuggestion(c.get("services"), callerOf(c), sent.value);
    if (!taken.ok) return respondProblem(c, taken.error);
    const { receipt } = sent.value;
    const marked = receipt === undefined ? ok(null) : await storeReply(c, { receipt, label: NONE_ID });
    return marked.ok ? c.redirect("/thanks?for=suggested", 303) : respondProblem(c, marked.error);
  })
  .get("/thanks", async (c) => {
    const query = checkFields(c.req.query(), thanksSchema);
    const kind = query.ok ? query.value.for : "pending";
    return c.html(<ThanksPage texts={await readTexts(c)} kind={kind} />, 200, asPageInLanguage(c));
  });

/** The answer to the form's photo or text, and the text. */
async function classifyForm(c: Context<AppEnv>) {
  const modality = await findModality(c.get("services"));
  let text: string | undefined;
  const answer = await classifyOne(c.get("services"), callerOf(c), ASKED, async () => {
    const form = await modality.readForm(c);
    if (!form.ok) return form;
    text = form.value.text;
    const human = await checkHuman(c, form.value.fields);
    return human.ok ? ok(form.value.sample) : human;
  });
  return answer.ok ? ok({ answer: answer.value, sent: text }) : answer;
}

/** What a guest says of the photo or the text of a receipt. */
async function storeReply(
  c: Context<AppEnv>,
  said: Pick<z.infer<typeof receiptSchema>, "receipt" | "label" | "text">,
): Promise<Result<LabelOutcome, Problem>> {
  const services = c.get("services");
  const correction = await openCorrection(services, () => findModality(services), said);
  return correction.ok ? correct(services, callerOf(c), correction.value) : correction;
}

/*
 * A browser that asks for a page gets one, whatever refuses its request: a form that was posted without script, an address that does not exist.
 * The handler, the gate, the access table and the check of the origin all speak in problems; this turns one into a page in
 * plain words, with its status. The API under `/v1` answers in JSON, to browsers too.
 */

/** Codes of an address where there is no page. */
const LOST_CODES = new Set(["not_found", "method_not_allowed"]);

const problemBody = z.object({ code: z.string() });

/** A form that is posted, or what a browser opens as a page; `curl` and programs do not name HTML. */
function asksForPage(request: HonoRequest): boolean {
  if (request.path.startsWith("/v1/")) return false;
  return (
    request.method === "POST" || (request.method === "GET" && /\btext\/html\b/i.test(request.header("accept") ?? ""))
  );
}

/** Keeps the problem's status. Requests that do not ask for HTML get the problem as it is. */
export function showRefusalsAsPages(): MiddlewareHandler<AppEnv> {
  return async function showRefusalsAsPages(c, next) {
    await next();
    if (!asksForPage(c.req)) return;
    if (c.res.headers.get("content-type") !== "application/problem+json") return;
    const { code } = problemBody.parse(await c.res.json());
    const { status, headers } = c.res;
    const kept = new Headers({
      ...Object.fromEntries(headers),
      ...asPageInLanguage(c),
      "content-type": "text/html; charset=UTF-8",
    });
    const texts = await readTexts(c);
    const page = await (LOST_CODES.has(code) ? (
      <LostPage texts={texts} />
    ) : (
      <RefusalPage texts={texts} code={code} />
    )).toString();
    c.res = undefined;
    c.res = new Response(page, { status, headers: kept });
  };
}
