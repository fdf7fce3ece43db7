/** Shapes of the API's answers about single examples and doubted labels, as `docs/api.md` lists them. Pure. */
import { type Decoded, flag, list, nullable, number, object, text } from "./decode.ts";

const example = object({
  photo: text,
  label: text,
  source: text,
  absorbed: flag,
  labelledAt: text,
  confirmedAt: nullable(text),
});
export type Example = Decoded<typeof example>;
export const examplePage = object({ examples: list(example), next: nullable(text) });
export type ExamplePage = Decoded<typeof examplePage>;

const suspect = object({
  photo: text,
  given: text,
  suggested: text,
  givenProbability: number,
  suggestedProbability: number,
});
export type Suspect = Decoded<typeof suspect>;
export const suspectList = object({ headVersion: nullable(number), suspects: list(suspect) });

const forgottenCounts = object({ examples: number, reviews: number });
export type Forgotten = Decoded<typeof forgottenCounts>;
export const forgotten = object({ forgotten: forgottenCounts });
