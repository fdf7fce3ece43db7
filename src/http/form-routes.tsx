/**
 * The guests' page without script: its forms, answered by pages. `POST /` classifies the photo, `POST /reply` takes the
 * guest's word for what it shows and `POST /suggest` what they miss, which also says that the photo is not on the menu; both lead to `GET /thanks`, so that reloading sends nothing again. The work is the API's.
 */
import { type Context, Hono } from "hono";
import { z } from "zod";
import { NONE_ID } from "../shared/none-label.ts";
import type { Problem } from "../shared/problem.ts";
import { ok, type Result } from "../shared/result.ts";
import { AnswerPage } from "../web/answer-page.tsx";
import { ThanksPage } from "../web/notice-page.tsx";
import type { AppEnv } from "./app-env.ts";
import { classifySentPhoto } from "./classify.ts";
import { checkHuman, TOKEN_NAME } from "./human-check.ts";
import { type LabelOutcome, openCorrection, receiptSchema, storeSentLabel } from "./labels.ts";
import { readItems } from "./menu.ts";
import { asPageInLanguage, readTexts } from "./page-language.ts";
import { respondProblem } from "./problem-response.ts";
import { checkFields, readUrlEncoded } from "./request-body.ts";
import { suggestionSchema, takeSuggestion } from "./suggestions.ts";

/** As many bars as the scripted page shows. */
const SHOWN_ITEMS = 5;

/** The human check's field is among them where the deployment has one. */
const token = { [TOKEN_NAME]: z.string().optional() };
const replySchema = receiptSchema.pick({ receipt: true, label: true }).extend(token);
const suggestSchema = suggestionSchema.extend(token);
const thanksSchema = z.object({
  for: z.enum(["pending", "counted", "known", "suggested"]).catch("pending"),
});

export const formRoutes = new Hono<AppEnv>()
  .post("/", async (c) => {
    const answer = await classifySentPhoto(c, { topK: SHOWN_ITEMS });
    if (!answer.ok) return respondProblem(c, answer.error);
    const items = await readItems(c);
    const headers = { ...asPageInLanguage(c), "cache-control": "no-store" };
    return c.html(<AnswerPage texts={readTexts(c)} answer={answer.value} items={items} />, 200, headers);
  })
  .post("/reply", async (c) => {
    const sent = await readUrlEncoded(c, replySchema);
    if (!sent.ok) return respondProblem(c, sent.error);
    const human = await checkHuman(c, sent.value);
    if (!human.ok) return respondProblem(c, human.error);
    const outcome = await storeReply(c, sent.value);
    if (!outcome.ok) return respondProblem(c, outcome.error);
    const { status, stored } = outcome.value;
    return c.redirect(`/thanks?for=${stored ? status : "known"}`, 303);
  })
  .post("/suggest", async (c) => {
    const sent = await readUrlEncoded(c, suggestSchema);
    if (!sent.ok) return respondProblem(c, sent.error);
    const human = await checkHuman(c, sent.value);
    if (!human.ok) return respondProblem(c, human.error);
    const taken = await takeSuggestion(c, sent.value);
    if (!taken.ok) return respondProblem(c, taken.error);
    const { receipt } = sent.value;
    const marked = receipt === undefined ? ok(null) : await storeReply(c, { receipt, label: NONE_ID });
    return marked.ok ? c.redirect("/thanks?for=suggested", 303) : respondProblem(c, marked.error);
  })
  .get("/thanks", (c) => {
    const query = checkFields(c.req.query(), thanksSchema);
    const kind = query.ok ? query.value.for : "pending";
    return c.html(<ThanksPage texts={readTexts(c)} kind={kind} />, 200, asPageInLanguage(c));
  });

/** What a guest says of the photo of a receipt. */
async function storeReply(
  c: Context<AppEnv>,
  said: Pick<z.infer<typeof receiptSchema>, "receipt" | "label">,
): Promise<Result<LabelOutcome, Problem>> {
  const correction = await openCorrection(c, said);
  return correction.ok ? storeSentLabel(c, correction.value) : correction;
}
