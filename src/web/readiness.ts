/** Whether a deployment can answer yet, in words. Pure. */
import type { Texts } from "./texts/en.ts";

/** Empty words mean that it can. */
export function describeReadiness(
  { items, headVersion }: { readonly items: readonly unknown[]; readonly headVersion: number | null },
  { menu }: Texts,
): { readonly headline: string; readonly detail: string } {
  if (headVersion !== null) return { headline: "", detail: "" };
  if (items.length === 0) return { headline: menu.emptyTitle, detail: menu.emptyDetail };
  return { headline: menu.learningTitle, detail: menu.learningDetail(items.length) };
}
