/** Which tiles of a grid are selected: one by one, as a range from where the last choice was, or all. Pure. */

/** Ids are those of the samples. */
export interface Selection {
  readonly chosen: ReadonlySet<string>;
  /** Where a range begins. */
  readonly anchor: string | null;
}

export const NOTHING_SELECTED: Selection = { chosen: new Set(), anchor: null };

/** Takes one in, or out again; the next range begins there. */
export function toggleOne({ chosen }: Selection, id: string): Selection {
  const next = new Set(chosen);
  if (!next.delete(id)) next.add(id);
  return { chosen: next, anchor: id };
}

/** Takes in all from the anchor to `id`, in the order of `ids`; the anchor stays. */
export function extendTo({ chosen, anchor }: Selection, ids: readonly string[], id: string): Selection {
  const [from, to] = [ids.indexOf(anchor ?? id), ids.indexOf(id)];
  const start = from < 0 ? to : from;
  const range = ids.slice(Math.min(start, to), Math.max(start, to) + 1);
  return { chosen: new Set([...chosen, ...range]), anchor: from < 0 || anchor === null ? id : anchor };
}

/** All of them. */
export function selectAll(ids: readonly string[]): Selection {
  return { chosen: new Set(ids), anchor: ids[0] ?? null };
}

/** Without those that have gone. */
export function keepOnly({ chosen, anchor }: Selection, ids: ReadonlySet<string>): Selection {
  return {
    chosen: new Set([...chosen].filter((id) => ids.has(id))),
    anchor: anchor !== null && ids.has(anchor) ? anchor : null,
  };
}
