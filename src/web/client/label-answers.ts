/** Shapes of the API's answers about single examples and doubted labels, as `docs/api.md` lists them. Pure. */

import type { exampleChangeOperations } from "../../operations/example-changes.ts";
import type { exampleOperations } from "../../operations/examples.ts";
import type { pictureOperations } from "../../operations/labelled-samples.ts";
import { answerOf, type Decoded, flag, list, nullable, number, object, text } from "./decode.ts";

/** A labelled photo, wherever an answer has one. */
export const exampleFields = {
  photo: text,
  label: text,
  source: text,
  purpose: text,
  absorbed: flag,
  labelledAt: text,
  confirmedAt: nullable(text),
  picture: flag,
  text: nullable(text),
};
const example = object(exampleFields);
/** A labelled photo; `absorbed` is false until a training has learned it. */
export type Example = Decoded<typeof example>;
/** One page of an item's photos. */
export const examplePage = answerOf<typeof exampleOperations.listExamples>()(
  object({ examples: list(example), next: nullable(text) }),
);
/** `next` is null on the last page. */
export type ExamplePage = Decoded<typeof examplePage>;

const suspect = object({
  photo: text,
  given: text,
  suggested: text,
  givenProbability: number,
  suggestedProbability: number,
  copies: list(object({ photo: text, label: text })),
  picture: flag,
  text: nullable(text),
});
/** A label that the newest version doubts, with copies of the picture under other items; `text` is the copy of a text that is still held. */
export type Suspect = Decoded<typeof suspect>;
/** The answer of `GET /v1/admin/suspects`; `headVersion` is null while there is no version. */
export const suspectList = answerOf<typeof exampleChangeOperations.listSuspects>()(
  object({ headVersion: nullable(number), suspects: list(suspect) }),
);

const speakingPhoto = object({ ...exampleFields, contribution: number });
/** `contribution` is the photo's part of the margin between the answer and its rival. */
export type SpeakingPhoto = Decoded<typeof speakingPhoto>;
const explanation = object({
  answer: text,
  rival: text,
  for: list(speakingPhoto),
  against: list(speakingPhoto),
  weighed: number,
  learned: number,
  capped: flag,
  current: flag,
});
/** The photos that speak for an answer, and those that speak for its rival. */
export type Explanation = Decoded<typeof explanation>;
/** Null where there is nothing to weigh, such as on a menu of one item. */
export const photoExplanation = answerOf<typeof pictureOperations.explainPhoto>()(
  object({ explanation: nullable(explanation) }),
);

/** What a deletion took with it. */
export const forgotten = answerOf<typeof exampleChangeOperations.forgetExamples>()(
  object({ forgotten: object({ examples: number, reviews: number }) }),
);
