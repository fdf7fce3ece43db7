/**
 * What was taught in other languages, in the language of the test: a language is a place (`cli/evaluate/place-ways.ts`). What is seen of it is
 * moved by its mean, its labels are learnt from alone and beside the others, and all of that answers together, unless these labels, left
 * out, surely prefer one way.
 */

import type { FitOptions } from "../../src/head/fit.ts";
import type { Head } from "../../src/head/predict.ts";
import { MIN_JUDGING_LABELS } from "../../src/shared/judging-labels.ts";
import { USUAL_CHARACTERS } from "../backbone/text-blocks.ts";
import { joinRows } from "./choose-blocks.ts";
import type { EncodedText } from "./embed-texts.ts";
import { blendAnswers, blendHeads, countRight, findSurelyBetter, lossesOf, wayWithoutLabels } from "./new-place.ts";
import {
  createPlaceWays,
  type LeftOutAnswers,
  PLACE_WAYS,
  type PlaceHead,
  type PlaceWay,
  type PlaceWays,
} from "./place-ways.ts";
import { mayBeOfOneKind } from "./same-kind.ts";
import type { LanguageTexts } from "./split-by-language.ts";

/** The mean of the log-probabilities of several ways. */
const TOGETHER = "together";
export const LANGUAGE_WAYS = [...PLACE_WAYS, TOGETHER] as const;
export type LanguageWay = (typeof LANGUAGE_WAYS)[number];

export interface LanguageChoice {
  readonly way: LanguageWay;
  /** How loud the characters are beside the encoder. */
  readonly characters: number;
  readonly tried: readonly TriedWay[];
  /** Texts that nobody has labelled, as far as they are like those that somebody has. */
  readonly unlabelled: number;
  /** Null where that way leaves no head, or says nothing of some class. */
  readonly open: (way: LanguageWay) => LanguageHead | null;
}

export interface LanguageHead extends PlaceHead {
  /** Says what is strange: heads together do not. */
  readonly measuring: Head;
}

/** A way by the labels of the language, each left out with a tenth of them. */
export interface TriedWay {
  readonly characters: number;
  readonly way: LanguageWay;
  readonly right: number;
  /** Mean `-log p`. */
  readonly loss: number;
}

interface AnsweredWay {
  readonly characters: number;
  readonly way: LanguageWay;
  readonly answers: LeftOutAnswers;
}

/** What answers together. What nobody has labelled is learnt from only where the labels surely prefer that. */
const BLENDED: readonly PlaceWay[] = ["as taught", "moved", "moved, with labels", "labels alone"];
/** Characters that outweigh the encoder: other languages say nothing by them. */
const LOUD_CHARACTERS = 2;

/** Together where there are ten labels of the language; before that as taught, or moved by what is seen of it. */
export function chooseInLanguage(given: LanguageTexts, options: FitOptions): LanguageChoice {
  const texts = leaveUnlikeOut(given);
  const { labelled, unlabelled } = texts;
  const usual = createWays(texts, USUAL_CHARACTERS, options);
  const open = (ways: PlaceWays) => (way: LanguageWay) => openWay(ways, way, options.classIds);
  if (labelled.length < MIN_JUDGING_LABELS) {
    const usually = wayWithoutLabels(labelled.length + unlabelled.length);
    // A label that no other language has is known by those of this one alone.
    const way = open(usual)(usually) === null ? "moved, with labels" : usually;
    const alone = (asked: LanguageWay) => (asked === TOGETHER ? null : open(usual)(asked));
    return { way, characters: USUAL_CHARACTERS, tried: [], unlabelled: unlabelled.length, open: alone };
  }
  const single = judgeAll(usual, USUAL_CHARACTERS, unlabelled.length > 0 ? PLACE_WAYS : BLENDED, options.classIds);
  const parts = single.filter(({ way }) => BLENDED.some((blended) => blended === way));
  const answers = blendAnswers(parts.map((part) => part.answers));
  const together: AnsweredWay = { characters: USUAL_CHARACTERS, way: TOGETHER, answers };
  const loud = createWays(texts, LOUD_CHARACTERS, options);
  single.push(...judgeAll(loud, LOUD_CHARACTERS, ["labels alone"], options.classIds));
  const { way, characters } = findSurelyBetter(answers, single) ?? together;
  const tried = [together, ...single].map(describeWay);
  const chosen = open(characters === LOUD_CHARACTERS ? loud : usual);
  return { way, characters, tried, unlabelled: unlabelled.length, open: chosen };
}

/** Texts of another kind than the labelled ones, of manuals beside reviews say, do not tell where these lie, nor what they mean. */
function leaveUnlikeOut(texts: LanguageTexts): LanguageTexts {
  const { labelled, unlabelled } = texts;
  if (labelled.length < MIN_JUDGING_LABELS || unlabelled.length === 0) return texts;
  const join = (rows: readonly EncodedText[]) =>
    joinRows(rows, USUAL_CHARACTERS).rows.map(({ embedding }) => embedding);
  return mayBeOfOneKind(join(labelled), join(unlabelled)) ? texts : { ...texts, unlabelled: [] };
}

function createWays({ source, labelled, unlabelled }: LanguageTexts, characters: number, options: FitOptions) {
  const join = (rows: readonly EncodedText[]) => joinRows(rows, characters).rows;
  const seen = join(unlabelled).map(({ embedding }) => embedding);
  return createPlaceWays({ source: join(source), labelled: join(labelled), unlabelled: seen }, options);
}

/** The ways that say something of every class. */
function judgeAll(
  ways: PlaceWays,
  characters: number,
  among: readonly PlaceWay[],
  classIds: readonly string[],
): AnsweredWay[] {
  return among.flatMap((way) => {
    const answers = ways.judge(way);
    return answers?.classIds.length === classIds.length ? [{ characters, way, answers }] : [];
  });
}

function openWay(ways: PlaceWays, way: LanguageWay, classIds: readonly string[]): LanguageHead | null {
  if (way === TOGETHER) return openTogether(ways, classIds);
  const opened = ways.open(way);
  const isWhole = opened.ok && opened.value.head.classIds.length === classIds.length;
  return isWhole ? { ...opened.value, measuring: opened.value.head } : null;
}

function openTogether(ways: PlaceWays, classIds: readonly string[]): LanguageHead | null {
  const base = openWay(ways, "moved, with labels", classIds);
  if (base === null) return null;
  const parts = BLENDED.flatMap((way) => openWay(ways, way, classIds) ?? []);
  return { ...base, head: blendHeads(parts, base) };
}

function describeWay({ characters, way, answers }: AnsweredWay): TriedWay {
  const losses = lossesOf(answers);
  return { characters, way, right: countRight(answers), loss: losses.reduce((a, b) => a + b, 0) / losses.length };
}
