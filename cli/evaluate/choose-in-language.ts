/**
 * What was taught in other languages, in the language of the test: a language is a place (`src/head/new-place.ts`). What is seen of it is moved
 * by its mean, and its labels choose whether the other languages help, and how loud the characters are beside the encoder.
 */
import type { FitOptions } from "../../src/head/fit.ts";
import type { FitError } from "../../src/head/fit-problem.ts";
import { choosePlaceWay, PLACE_WAYS, type PlaceChoice, type PlaceWay } from "../../src/head/new-place.ts";
import type { Result } from "../../src/shared/result.ts";
import { languageOf, type TextLanguage } from "../../src/text/language.ts";
import { USUAL_CHARACTERS } from "../backbone/text-blocks.ts";
import { CommandError } from "../shared/command.ts";
import { joinRows } from "./choose-blocks.ts";
import type { EncodedText } from "./embed-texts.ts";

export interface LanguageTexts {
  readonly language: TextLanguage;
  /** Taught in other languages. */
  readonly source: readonly EncodedText[];
  readonly labelled: readonly EncodedText[];
  readonly unlabelled: readonly EncodedText[];
}

export interface LanguageChoice {
  readonly characters: number;
  readonly choice: PlaceChoice;
  readonly tried: readonly TriedWay[];
}

/** A way by the labels of the language, each left out with a tenth of them. */
export interface TriedWay {
  readonly characters: number;
  readonly way: PlaceWay;
  readonly right: number;
  readonly loss: number;
}

/** At the usual loudness all ways are tried; with characters that outweigh the encoder, that other languages say nothing. */
const TRIALS: readonly { readonly characters: number; readonly among: readonly PlaceWay[] }[] = [
  { characters: USUAL_CHARACTERS, among: PLACE_WAYS },
  { characters: 2, among: ["as taught", "labels alone"] },
];
/** With fewer labels of the language they alone teach nothing that could be chosen. */
const MIN_LABELS = 20;
/** Of the test texts that have to be of one language. */
const MOST = 0.9;

/** Null where the texts to judge are of several languages, or nothing was taught in another one. */
export function splitByLanguage(
  learnt: readonly EncodedText[],
  judged: readonly EncodedText[],
  unlabelled: readonly EncodedText[] = [],
): LanguageTexts | null {
  const byLanguage = Map.groupBy(judged, ({ text }) => languageOf(text));
  const [most] = [...byLanguage].sort((a, b) => b[1].length - a[1].length);
  const [language, own] = most ?? [null, []];
  if (language === null || own.length < MOST * judged.length) return null;
  const isOwn = ({ text }: EncodedText) => languageOf(text) === language;
  const source = learnt.filter((row) => !isOwn(row));
  if (new Set(source.map(({ classId }) => classId)).size < 2) return null;
  return { language, source, labelled: learnt.filter(isOwn), unlabelled: unlabelled.filter(isOwn) };
}

/** Throws `CommandError` when no head can be made of these texts. */
export function chooseInLanguage(texts: LanguageTexts, options: FitOptions): LanguageChoice {
  const trials = TRIALS.slice(0, texts.labelled.length < MIN_LABELS ? 1 : TRIALS.length);
  const choices = trials.map((trial) => ({ ...trial, choice: choose(texts, trial, options) }));
  const tried = choices.flatMap(({ characters, choice }) => choice.ways.map((way) => ({ characters, ...way })));
  const best = choices.reduce((a, b) => (isBetter(chosenOf(b.choice), chosenOf(a.choice)) ? b : a));
  return { characters: best.characters, choice: best.choice, tried };
}

function choose(
  { source, labelled, unlabelled }: LanguageTexts,
  { characters, among }: (typeof TRIALS)[number],
  options: FitOptions,
): PlaceChoice {
  const join = (rows: readonly EncodedText[]) => joinRows(rows, characters).rows;
  const examples = {
    source: join(source),
    labelled: join(labelled),
    unlabelled: join(unlabelled).map(({ embedding }) => embedding),
  };
  return unwrap(choosePlaceWay(examples, options, among));
}

function chosenOf({ ways, way }: PlaceChoice) {
  return ways.find((judged) => judged.way === way);
}

function isBetter(a: ReturnType<typeof chosenOf>, b: ReturnType<typeof chosenOf>): boolean {
  if (a === undefined || b === undefined) return false;
  return a.right > b.right || (a.right === b.right && a.loss < b.loss);
}

/** The value, or a `CommandError` that says why no head can be made. */
export function unwrap<T>(result: Result<T, FitError>): T {
  if (result.ok) return result.value;
  throw new CommandError(`No head can be made of these texts: ${result.error.message}`);
}
