/** Finds texts of a list by what a deployment knows them by: a hash under a key of its own, so it is asked. */
import { embedText, type NodeTextEmbedder } from "../evaluate/node-text-embedder.ts";
import type { ApiClient } from "../import/api-client.ts";
import { readTextList } from "../import/text-list.ts";
import type { FindSources, SampleSource } from "./sample-source.ts";

/** Texts of one request. */
const TEXTS_AT_ONCE = 64;
const SHOWN_CHARACTERS = 40;

/** Those of the wanted texts that are in the list; its labels do not matter. Throws `CommandError` if it is not a list. */
export function textsIn(list: string, reader: NodeTextEmbedder, client: Pick<ApiClient, "identifyTexts">): FindSources {
  return async function findTexts(missing) {
    const wanted = new Set(missing.map(({ photo }) => photo));
    const texts = (await readTextList(list, { isUnlabelled: true })).texts.map(({ text }) => text);
    const found = new Map<string, SampleSource>();
    for (let first = 0; first < texts.length; first += TEXTS_AT_ONCE) {
      const some = texts.slice(first, first + TEXTS_AT_ONCE);
      const { ids } = await client.identifyTexts(some);
      for (const [i, id] of ids.entries()) {
        const text = some[i];
        if (id === null || text === undefined || !wanted.has(id)) continue;
        found.set(id, { file: text.slice(0, SHOWN_CHARACTERS), embed: () => embedText(text, reader) });
      }
    }
    return found;
  };
}
