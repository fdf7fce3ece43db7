/** The live version's details: they grow with the menu, and never change. */
import type { HeadDetails } from "./head-answers.ts";
import { fetchHead } from "./head-api.ts";

/** Asks again only when another version is live. */
export function createDetailsReader(): (version: number | null) => Promise<HeadDetails | null> {
  let known: { readonly version: number; readonly details: HeadDetails | null } | null = null;
  return async (version) => {
    if (version === null) return null;
    if (known?.version === version) return known.details;
    const answer = await fetchHead(version);
    if (!answer.ok) return null;
    known = { version, details: answer.value.details };
    return known.details;
  };
}
