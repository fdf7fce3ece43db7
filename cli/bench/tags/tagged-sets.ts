/**
 * The shared sets with tags in place of labels. Groceries and dishes have what their kind is (a package, a fruit, red, ...), which is the same
 * for all photos of a kind, and whether the photo was taken by a bad camera in the dark, which is not. Texts of a bank have the parts of their
 * intents' names (`pending_cash_withdrawal`: cash, pending) and whether they ask with a question mark.
 */
import type { LabelledEmbedding } from "../../../src/head/statistics.ts";
import { USUAL_CHARACTERS } from "../../backbone/text-blocks.ts";
import { joinRows } from "../../evaluate/choose-blocks.ts";
import { eachPlaceSet, type PlaceSet } from "../camera/place-sets.ts";
import { withTextSets } from "../text/with-text-sets.ts";
import type { TaggedRow } from "./tag-statistics.ts";

export interface TaggedSet {
  readonly set: string;
  readonly tags: readonly string[];
  readonly train: readonly TaggedRow[];
  readonly test: readonly TaggedRow[];
}

/** Kinds that have a tag; all others of the set do not. */
const PHOTO_TAGS: Readonly<Record<string, Readonly<Record<string, readonly string[]>>>> = {
  "grocery-store": {
    package: ["arla-medium-fat-milk", "arla-natural-yoghurt", "garant-ecological-medium-fat-milk"],
    milk: ["arla-medium-fat-milk", "garant-ecological-medium-fat-milk"],
    apple: ["golden-delicious", "granny-smith", "pink-lady", "red-delicious", "royal-gala"],
    citrus: ["orange", "satsumas"],
    tomato: ["regular-tomato", "vine-tomato"],
    red: ["pink-lady", "red-delicious", "royal-gala", "regular-tomato", "vine-tomato"],
  },
  "food101-13": {
    meat: ["baby_back_ribs", "beef_carpaccio", "beef_tartare", "steak"],
    beef: ["beef_carpaccio", "beef_tartare", "steak"],
    raw: ["beef_carpaccio", "beef_tartare", "sushi"],
    sweet: ["apple_pie", "baklava", "beignets", "bread_pudding"],
    rice: ["bibimbap", "sushi"],
    dough: ["apple_pie", "baklava", "beignets", "breakfast_burrito", "pizza"],
  },
};
/** Of the camera, not of what is shown. */
const DIM = "dim";

const TEXT_SET = "banking77";
/** In the name of the intent. */
const TOPICS: Readonly<Record<string, RegExp>> = {
  card: /card/i,
  transfer: /transfer/i,
  "top-up": /top(ping)?_up/i,
  cash: /cash|atm/i,
  fails: /declined|failed|not_working|reverted|blocked|swallowed/i,
  waits: /pending|not_updated|not_received|not_showing/i,
  costs: /charge|fee/i,
  exchange: /exchange|currenc/i,
};
/** Of the wording, not of the intent. */
const ASKS = "asks";

/** One by one. */
export async function eachTaggedSet(backbone: string, work: (set: TaggedSet) => void): Promise<void> {
  const tagPlace = ({ menu, source, there, test, testAtSource }: PlaceSet) => {
    const kinds = PHOTO_TAGS[menu];
    const tag = (rows: readonly LabelledEmbedding[], isDim: boolean) => rows.map((row) => tagPhoto(row, kinds, isDim));
    work({
      set: menu,
      tags: [...Object.keys(kinds), DIM],
      train: [...tag(source, false), ...tag(there, true)],
      test: [...tag(testAtSource, false), ...tag(test, true)],
    });
  };
  await eachPlaceSet(backbone, Object.keys(PHOTO_TAGS), tagPlace);
  await withTextSets((sets) => {
    for (const { set, train, test } of sets.filter((one) => one.set === TEXT_SET)) {
      const [taught, judged] = [train, test].map((texts) =>
        joinRows(texts, USUAL_CHARACTERS).rows.map((row, i) => tagText(row, texts[i].text)),
      );
      work({ set, tags: [...Object.keys(TOPICS), ASKS], train: taught, test: judged });
    }
  });
}

function tagPhoto(
  { classId, embedding }: LabelledEmbedding,
  kinds: Readonly<Record<string, readonly string[]>>,
  isDim: boolean,
): TaggedRow {
  const ofKind = Object.entries(kinds).map(([tag, classes]) => [tag, classes.includes(classId)] as const);
  return { embedding, said: new Map([...ofKind, [DIM, isDim]]) };
}

function tagText({ classId, embedding }: LabelledEmbedding, text: string): TaggedRow {
  const ofIntent = Object.entries(TOPICS).map(([tag, part]) => [tag, part.test(classId)] as const);
  return { embedding, said: new Map([...ofIntent, [ASKS, text.includes("?")]]) };
}
