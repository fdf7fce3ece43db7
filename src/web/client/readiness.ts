/** Whether a deployment can answer yet, in words. Pure. */
import type { Menu } from "./answers.ts";
import { countOf } from "./numbers.ts";

/** Empty words mean that it can. */
export function describeReadiness({ items, headVersion }: Menu): {
  readonly headline: string;
  readonly detail: string;
} {
  if (headVersion !== null) return { headline: "", detail: "" };
  if (items.length === 0) {
    const detail = "Staff name two items and show me photos of them. A minute later I can tell them apart.";
    return { headline: "The menu is still empty", detail };
  }
  const names = countOf(items.length, "name");
  const detail = `I know ${names}, but not yet what they look like. That takes photos of two items and one training.`;
  return { headline: "I’m still learning", detail };
}
