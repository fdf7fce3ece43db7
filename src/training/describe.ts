/**
 * Reads the words of items where the backbone reads texts: the name, the description, other names, and names in languages that the
 * backbone knows. Only an item with a description goes by its words; on photos no item does. What is stored is compared with the menu, so
 * whatever changes the one (a new wording, a restore, another backbone) is found by the next run.
 */
import { joinSentences } from "../head/descriptions.ts";
import type { Embedding } from "../head/embedding.ts";
import { sha256HexOfText } from "../shared/hash.ts";
import type { ProblemCode } from "../shared/problem.ts";
import type { Database } from "../store/database.ts";
import { listReadDescriptions, type NewDescription, storeDescriptions } from "../store/menu/descriptions.ts";
import { listMenu, type MenuItem } from "../store/menu/menu.ts";
import { type LeasedRun, type TrainingContext, writeNow } from "./context.ts";
import { MAX_DESCRIBED_PER_RUN } from "./policy.ts";
import type { WordReader } from "./word-reader.ts";

/** An item whose words have not been read as they stand. */
interface UnreadItem {
  readonly classId: string;
  readonly wording: string;
  readonly sentences: readonly string[];
}

interface DescriptionChanges {
  readonly unread: readonly UnreadItem[];
  /** Items that are off the menu, or have no description any more. */
  readonly gone: readonly string[];
}

/** Whether a run would find words to read or to drop. Nothing is read where photos are. */
export async function hasDescriptionChanges({ db, backboneId, words }: TrainingContext): Promise<boolean> {
  if (words === undefined) return false;
  const { unread, gone } = await findChanges(db, backboneId, words);
  return unread.length + gone.length > 0;
}

/**
 * Reads what has changed, at most `MAX_DESCRIBED_PER_RUN` items. It leaves an item whose words cannot be read just now to
 * the next run: such an item must not keep labels from being learnt. False where another run has taken the lease.
 */
export async function readDescriptions(run: LeasedRun): Promise<boolean> {
  const { db, backboneId, words } = run;
  if (words === undefined) return true;
  const { unread, gone } = await findChanges(db, backboneId, words);
  const read: NewDescription[] = [];
  for (const item of unread.slice(0, MAX_DESCRIBED_PER_RUN)) {
    const embedding = await readWords(item.sentences, words);
    if (embedding === undefined) break; // to ask on would hold the run, and a model service bills each call
    read.push({ classId: item.classId, wording: item.wording, embedding });
  }
  return read.length + gone.length === 0 || storeDescriptions(db, read, gone, writeNow(run));
}

/** Problems of the backbone, not of what it is given. */
const IS_AWAY: ReadonlySet<ProblemCode> = new Set<ProblemCode>(["backbone_unavailable", "overloaded"]);

/** The mean of the sentences that can be read; null where none of them can, undefined where the backbone is not there just now. */
async function readWords(sentences: readonly string[], words: WordReader): Promise<Embedding | null | undefined> {
  const embeddings: Embedding[] = [];
  for (const sentence of sentences) {
    const embedding = await words.embed(sentence);
    if (embedding.ok) embeddings.push(embedding.value);
    else if (IS_AWAY.has(embedding.error.code)) return undefined;
  }
  return embeddings.length === 0 ? null : joinSentences(embeddings);
}

async function findChanges(db: Database, backboneId: string, words: WordReader): Promise<DescriptionChanges> {
  const [menu, stored] = await Promise.all([listMenu(db), listReadDescriptions(db)]);
  const described = menu.filter(isDescribed);
  const known = new Map(stored.map((row) => [row.classId, row]));
  const unread: UnreadItem[] = [];
  for (const item of described) {
    const sentences = sentencesOf(item, words.languages);
    const wording = await sha256HexOfText(sentences.join("\n"));
    const row = known.get(item.id);
    if (row?.wording !== wording || row.backboneId !== backboneId)
      unread.push({ classId: item.id, wording, sentences });
  }
  const kept = new Set(described.map(({ id }) => id));
  return { unread, gone: stored.map(({ classId }) => classId).filter((id) => !kept.has(id)) };
}

/** A name alone is not a description: items of photos' menus are named by brands. */
export function isDescribed({ description }: Pick<MenuItem, "description">): boolean {
  return description.trim() !== "";
}

/** ISO 639 has `und` for what nobody said and `mul` for many languages. */
const ANY_LANGUAGE: ReadonlySet<string> = new Set(["und", "mul"]);

function sentencesOf({ name, description, aliases, names }: MenuItem, languages: readonly string[]): string[] {
  const reads = (tag: string) => languages.some((one) => ANY_LANGUAGE.has(one) || primaryOf(one) === primaryOf(tag));
  const translated = Object.entries(names).flatMap(([tag, text]) => (reads(tag) ? [text] : []));
  return [...new Set([name, description, ...aliases, ...translated].map((text) => text.trim()))];
}

/** `pt` of `pt-BR`. */
function primaryOf(tag: string): string {
  return tag.split("-")[0].toLowerCase();
}
