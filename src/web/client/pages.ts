/** Lists that come page by page: as many of their pages as somebody wants to see, as one. */
import { ok } from "../../shared/result.ts";
import type { Answer } from "./admin-api.ts";

/**
 * The first `count` pages, fewer where the list ends. `fetchPage` gets the page's query, `join` puts a page behind those
 * before it. What fails on any page is the answer.
 */
export async function fetchPages<Page extends { readonly next: number | null }>(
  count: number,
  fetchPage: (query: string) => Answer<Page>,
  join: (before: Page, page: Page) => Page,
): Answer<Page> {
  let answer = await fetchPage("");
  for (let read = 1; read < count && answer.ok && answer.value.next !== null; read++) {
    const before = answer.value;
    const page = await fetchPage(`?after=${before.next}`);
    answer = page.ok ? ok(join(before, page.value)) : page;
  }
  return answer;
}
