/** Where the tiles of each list come from, page by page, and what the list is called. */
import { NONE_ID } from "../../shared/none-label.ts";
import { ok } from "../../shared/result.ts";
import type { LookTexts } from "../texts/kitchen/en/look.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Answer } from "./admin-api.ts";

import { fetchMissing } from "./backbone-api.ts";
import type { Suspect } from "./label-answers.ts";
import { explainPhoto, fetchExamples, fetchSuspects } from "./label-api.ts";
import type { Look } from "./look-address.ts";
import { fetchMistakes } from "./look-api.ts";
import { type Tile, toTile } from "./look-tile.tsx";
import { onePerPicture } from "./one-per-picture.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

/** A page of a list. */
interface TilePage {
  readonly tiles: readonly Tile[];
  /** Asks for the page behind it; empty on the last one. */
  readonly next: string;
  /** How many there are in all, where the list says so. */
  readonly total: number | null;
  /** False where a version has kept a part of its mistakes. */
  readonly isComplete: boolean;
}

/** Tiles of one page: ten screens of a phone. */
const PAGE_TILES = 100;
/** Photos on each side of an answer, as many as the API names. */
const NEAR_TILES = 50;

/** The page behind `after`, which is empty for the first one. */
export async function fetchTiles(look: Look, after: string, texts: LookTexts, names: ItemNames): Answer<TilePage> {
  switch (look.kind) {
    case "item": {
      const answer = await fetchExamples(look.item, after, PAGE_TILES);
      if (!answer.ok) return answer;
      const tiles = answer.value.examples.map((example) => toTile(example));
      return ok({ tiles, next: answer.value.next ?? "", total: null, isComplete: true });
    }
    case "mistakes": {
      const answer = await fetchMistakes(look, after, PAGE_TILES);
      if (!answer.ok) return answer;
      const { mistakes, next, total, complete: isComplete } = answer.value;
      const tiles = mistakes.map((mistake) =>
        toTile(mistake, sayAnswered(mistake.answered, mistake.answeredProbability, texts, names), mistake.given),
      );
      return ok({ tiles, next: next === null ? "" : String(next), total, isComplete });
    }
    case "near":
      return fetchNear(look.photo, texts, names);
    case "missing":
      return fetchLacking(look.backbone, after, texts);
    default:
      return fetchDoubted(look.kind, texts, names);
  }
}

async function fetchDoubted(kind: "doubted" | "twins", texts: LookTexts, names: ItemNames): Answer<TilePage> {
  const answer = await fetchSuspects();
  if (!answer.ok) return answer;
  const { suspects } = answer.value;
  const tiles = (kind === "twins" ? groupTwins(suspects) : suspects).map((suspect): Tile => {
    const { photo, given, suggested, suggestedProbability, picture, text } = suspect;
    const mark = sayAnswered(suggested, suggestedProbability, texts, names);
    return {
      photo,
      label: given,
      listedAs: given,
      purpose: "learn",
      confirmedAt: null,
      picture,
      text,
      about: "",
      mark,
    };
  });
  return ok({ tiles, next: "", total: tiles.length, isComplete: true });
}

/** Each picture beside its copies. */
function groupTwins(suspects: readonly Suspect[]): readonly Suspect[] {
  const byPhoto = new Map(suspects.map((suspect) => [suspect.photo, suspect]));
  const first = onePerPicture(suspects).filter(({ copies }) => copies.length > 0);
  const grouped = first.flatMap((one) => [one, ...one.copies.flatMap(({ photo }) => byPhoto.get(photo) ?? [])]);
  return [...new Set(grouped)];
}

async function fetchNear(photo: string, texts: LookTexts, names: ItemNames): Answer<TilePage> {
  const answer = await explainPhoto({ photo }, NEAR_TILES);
  if (!answer.ok) return answer;
  const { explanation } = answer.value;
  const speaking = explanation === null ? [] : [...explanation.for, ...explanation.against];
  const tiles = speaking.map((example) => {
    const item = example.contribution > 0 ? explanation?.answer : explanation?.rival;
    return toTile(example, texts.speaksFor(nameOf(names, item ?? "")));
  });
  return ok({ tiles, next: "", total: tiles.length, isComplete: true });
}

async function fetchLacking(backbone: string, after: string, texts: LookTexts): Answer<TilePage> {
  const answer = await fetchMissing(backbone, after, PAGE_TILES);
  if (!answer.ok) return answer;
  const tiles = answer.value.missing.map(({ photo, label, purpose, picture, text, original }): Tile => {
    const sample = { photo, label, purpose, picture, text };
    return { ...sample, listedAs: label, confirmedAt: null, about: "", mark: original ? texts.kept : "" };
  });
  return ok({ tiles, next: answer.value.next ?? "", total: null, isComplete: true });
}

function sayAnswered(item: string, score: number, texts: LookTexts, names: ItemNames): string {
  if (item === NONE_ID) return kitchen.none.title;
  return texts.answered(nameOf(names, item), kitchen.words.formatScore(score));
}

/** What the list is called, and what it is for. */
export function titleOf(
  look: Look,
  texts: LookTexts,
  names: ItemNames,
): { readonly title: string; readonly note: string } {
  switch (look.kind) {
    case "item": {
      const title = look.item === NONE_ID ? kitchen.none.title : texts.ofItem(nameOf(names, look.item));
      return { title, note: texts.notes.item };
    }
    case "mistakes": {
      const [label, said] = [look.label, look.said].map((id) => (id === null ? null : nameOf(names, id)));
      return { title: texts.mistakes(label, said, look.version), note: texts.notes.mistakes(look.version) };
    }
    default:
      return { title: texts[look.kind], note: texts.notes[look.kind] };
  }
}

/** Whether a tile is still what its list is about. */
export function belongs({ kind }: Look, { label, listedAs, confirmedAt }: Tile): boolean {
  if (kind === "near") return true;
  const isSettled = (kind === "doubted" || kind === "twins") && confirmedAt !== null;
  return label === listedAs && !isSettled;
}
