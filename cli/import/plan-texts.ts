/**
 * The same plan for a list of texts. Only the server can tell by what it knows a text, so the texts are asked about, and sent,
 * 64 at a time.
 */
import { toNameKey } from "../../src/shared/item-names.ts";
import type { ApiClient } from "./api-client.ts";
import type { LeftOut, SourceItem, SourceText } from "./import-source.ts";
import { type Draft, decide, draftItems, type ImportPlan, refuse, refuseContested } from "./plan-items.ts";
import type { ListedText, TextList } from "./text-list.ts";

/** Texts and bytes of one request, as the API takes them, with room for the JSON around. */
const MAX_TEXTS = 64;
const MAX_BYTES = 900_000;
/** Of a text, where it is named to people. */
const EXCERPT_CHARACTERS = 40;

/** Asks the server what it has. Throws `CommandError` when it cannot be asked. */
export async function planTexts(list: TextList, client: ApiClient): Promise<ImportPlan<SourceText>> {
  const menu = await client.listClasses();
  const drafts = draftItems(groupByLabel(list.texts), menu);
  const labels = await identifyTexts(drafts, client);
  refuseContested(drafts, "text");
  const nameOf = new Map(menu.map(({ id, name }) => [id, name]));
  const refused = list.skipped.map(({ row, reason }): LeftOut => ({ file: row, reason }));
  const items = drafts.map((draft) => decide(draft, labels, nameOf));
  return { items, refused, skipped: [], hidden: 0, guesses: list.notes };
}

/** Texts in groups that one request carries, in their order. */
export function batchTexts<T extends Pick<SourceText, "text">>(texts: readonly T[]): T[][] {
  const batches: T[][] = [];
  let bytes = MAX_BYTES;
  for (const text of texts) {
    const size = Buffer.byteLength(JSON.stringify(text.text));
    const open = batches.at(-1);
    if (open === undefined || open.length === MAX_TEXTS || bytes + size > MAX_BYTES) {
      batches.push([text]);
      bytes = size;
    } else {
      open.push(text);
      bytes += size;
    }
  }
  return batches;
}

function groupByLabel(texts: readonly ListedText[]): SourceItem<SourceText>[] {
  return [...Map.groupBy(texts, ({ label }) => toNameKey(label)).values()].map((same) => ({
    label: same[0].label,
    name: same[0].label,
    photos: same.map(({ text, row, purpose }) => ({
      file: excerpt(text),
      place: row,
      text,
      ...(purpose === undefined ? {} : { purpose }),
    })),
    refused: [],
  }));
}

function excerpt(text: string): string {
  const characters = [...text.replace(/\s+/g, " ")];
  return characters.length <= EXCERPT_CHARACTERS
    ? characters.join("")
    : `${characters.slice(0, EXCERPT_CHARACTERS).join("")}...`;
}

/** Fills `identified`; returns the labels of those that are stored, null of the forgotten ones. */
async function identifyTexts(
  drafts: readonly Draft<SourceText>[],
  client: ApiClient,
): Promise<Map<string, string | null>> {
  const labels = new Map<string, string | null>();
  for (const draft of drafts) {
    for (const batch of batchTexts(draft.samples)) {
      const { ids, known } = await client.identifyTexts(batch.map(({ text }) => text));
      for (const [photo, label] of known) labels.set(photo, label);
      for (const [i, sample] of batch.entries()) {
        const photo = ids[i];
        if (photo) draft.identified.push({ ...sample, photo });
        else draft.refused.push(refuse(sample, "is empty or too long to be read"));
      }
    }
  }
  return labels;
}
