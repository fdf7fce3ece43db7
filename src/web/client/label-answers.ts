/** Shapes of the API's answers about single examples and doubted labels, as `docs/api.md` lists them. Pure. */
import { type Decoded, flag, list, nullable, number, object, text } from "./decode.ts";

const exampleFields = {
  photo: text,
  label: text,
  source: text,
  absorbed: flag,
  labelledAt: text,
  confirmedAt: nullable(text),
};
const example = object(exampleFields);
export type Example = Decoded<typeof example>;
export const examplePage = object({ examples: list(example), next: nullable(text) });
export type ExamplePage = Decoded<typeof examplePage>;

const suspect = object({
  photo: text,
  given: text,
  suggested: text,
  givenProbability: number,
  suggestedProbability: number,
  copies: list(object({ photo: text, label: text })),
});
export type Suspect = Decoded<typeof suspect>;
export const suspectList = object({ headVersion: nullable(number), suspects: list(suspect) });

const speakingPhoto = object({ ...exampleFields, contribution: number });
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
export type Explanation = Decoded<typeof explanation>;
export const photoExplanation = object({ explanation: nullable(explanation) });

export const forgotten = object({ forgotten: object({ examples: number, reviews: number }) });
