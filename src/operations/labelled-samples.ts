/** A labelled photo, and the labelled photos behind an answer, as the document has them. */
import { z } from "zod";
import { once } from "../shared/once.ts";
import { PURPOSES } from "../shared/purpose.ts";
import { classId, contributor, count, labelId, origin, sampleId, score, time } from "./common.ts";

const fields = once(() => ({
  photo: sampleId,
  label: labelId,
  source: z.enum(["admin", "import", "guest", "auto"]),
  contributor,
  origin,
  purpose: z.enum(PURPOSES).meta({ description: "`test`: heads are judged on it and never learn from it" }),
  absorbed: z.boolean().meta({
    description:
      "Whether the statistics hold it as it stands; of one that is set aside, whether they hold nothing of it",
  }),
  createdAt: time,
  labelledAt: time,
  confirmedAt: time.nullable().meta({ description: "When staff said that a doubted label is right" }),
  picture: z.boolean().meta({ description: "Whether a picture is kept: `GET /v1/admin/examples/{photo}/picture`" }),
  text: z.string().nullable().meta({ description: "Where the deployment reads texts and keeps them: how it begins" }),
}));

/** A labelled photo or text as lists and changes answer with it. */
export const example = once(() => z.strictObject(fields()).meta({ id: "Example" }));

/** A labelled photo or text that a head answered differently. */
export const mistake = once(() =>
  z
    .strictObject({
      ...fields(),
      given: classId.meta({ description: "What it was labelled as then; `label` is what it is labelled as now" }),
      answered: classId,
      givenProbability: score,
      answeredProbability: score,
    })
    .meta({ id: "Mistake" }),
);

const speaking = once(() =>
  z
    .strictObject({ ...fields(), contribution: z.number().meta({ description: "What it adds to `fromPhotos`" }) })
    .meta({ id: "SpeakingPhoto" }),
);

/** Why an item is answered rather than its rival, in photos. */
export const explanation = once(() =>
  z
    .strictObject({
      answer: classId,
      rival: classId.meta({ description: "The item that the answer is compared with: the best of the others" }),
      margin: z.number().meta({ description: "log(score of the answer / score of the rival)" }),
      fromPhotos: z.number().meta({
        description:
          "The part of the margin that the photos of both items make, all of them. The rest belongs to no photo: the allowance for small items, the prior, rounding.",
      }),
      for: z.array(speaking()).meta({ description: "Strongest first, like those against" }),
      against: z.array(speaking()),
      weighed: count.meta({ description: "Photos of both items that were weighed one by one" }),
      learned: count.meta({ description: "Photos of both items that the head's statistics hold" }),
      capped: z
        .boolean()
        .meta({ description: "Whether an item has more photos than are weighed; always the same ones" }),
      current: z.boolean().meta({
        description: "False where the head was learnt from other labels than the statistics hold by now",
      }),
    })
    .meta({ id: "Explanation" }),
);
