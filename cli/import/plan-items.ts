/** What of an import goes to which item, for photos and texts alike. Pure. */
import { classFields } from "../../src/operations/class-fields.ts";
import { toNameKey } from "../../src/shared/item-names.ts";
import type { RemoteClass } from "./api-client.ts";
import type { ImportSource, LeftOut, SourceItem, SourcePhoto, SourceSample } from "./import-source.ts";
import { resolveItem } from "./resolve-item.ts";

/** A sample with the id by which the server knows it. */
export type Identified<S extends SourceSample> = S & { readonly photo: string };

/** One that people have given another label since, or have forgotten, and what became of it. */
export type Decided<S extends SourceSample> = Identified<S> & {
  readonly reason: string;
  readonly isForgotten: boolean;
};

export interface PlannedItem<S extends SourceSample = SourcePhoto> {
  readonly label: string;
  readonly name: string;
  /** Null where it is to be made. */
  readonly target: RemoteClass | null;
  readonly toSend: readonly Identified<S>[];
  readonly decided: readonly Decided<S>[];
  readonly alreadyThere: number;
  readonly refused: readonly LeftOut[];
}

export interface ImportPlan<S extends SourceSample = SourcePhoto> extends Omit<ImportSource, "items"> {
  readonly items: readonly PlannedItem<S>[];
}

/** An item while its samples are being identified. */
export interface Draft<S extends SourceSample> {
  readonly label: string;
  readonly name: string;
  readonly target: RemoteClass | null;
  readonly samples: readonly S[];
  identified: Identified<S>[];
  readonly refused: LeftOut[];
}

/** One draft per item of the menu, or per name that is new to it. */
export function draftItems<S extends SourceSample>(items: readonly SourceItem<S>[], menu: readonly RemoteClass[]) {
  return joinTargets(items.map((item) => draftItem(item, menu)));
}

function draftItem<S extends SourceSample>(
  { label, name, photos, refused }: SourceItem<S>,
  menu: readonly RemoteClass[],
): Draft<S> {
  const draft = { label, name, identified: [], target: null };
  const resolved = resolveItem(label, name, menu);
  const fault = "reason" in resolved ? resolved.reason : resolved.target === null ? findNameFault(name) : null;
  if (fault === null) return { ...draft, ...resolved, samples: photos, refused: [...refused] };
  return { ...draft, samples: [], refused: [...refused, ...photos.map((photo) => refuse(photo, fault))] };
}

/** Why no item can be called so, by the rule that the API has. */
function findNameFault(name: string): string | null {
  const { error } = classFields.name.safeParse(name);
  return error === undefined ? null : `no item can be called ${JSON.stringify(name)}: ${error.issues[0].message}`;
}

/** Two names of one item of the menu are one item. */
function joinTargets<S extends SourceSample>(drafts: readonly Draft<S>[]): Draft<S>[] {
  return [...Map.groupBy(drafts, keyOf).values()].map(([first, ...others]) => ({
    ...first,
    samples: [first, ...others].flatMap(({ samples }) => samples),
    refused: [first, ...others].flatMap(({ refused }) => refused),
  }));
}

function keyOf({ target, name }: Pick<Draft<SourceSample>, "target" | "name">): string {
  return target === null ? `new ${toNameKey(name)}` : `id ${target.id}`;
}

/** Why a sample is not sent. */
export function refuse({ file, place }: SourceSample, reason: string): LeftOut {
  return { file, reason, ...(place === undefined ? {} : { place }) };
}

/** A sample under two items teaches neither. `noun`: what it is, for people. */
export function refuseContested<S extends SourceSample>(drafts: readonly Draft<S>[], noun: "photo" | "text"): void {
  const rivals = new Map<string, Set<string>>();
  for (const { identified, label } of drafts) {
    for (const { photo } of identified) rivals.set(photo, (rivals.get(photo) ?? new Set()).add(label));
  }
  for (const draft of drafts) {
    const isContested = ({ photo }: Identified<S>) => (rivals.get(photo)?.size ?? 0) > 1;
    for (const sample of draft.identified.filter(isContested)) {
      const reason = `the same ${noun} is in ${[...(rivals.get(sample.photo) ?? [])].join(" and ")}`;
      draft.refused.push(refuse(sample, reason));
    }
    draft.identified = draft.identified.filter((sample) => !isContested(sample));
  }
}

/** Sorts an item's samples by the labels that the server has of them; null: forgotten. */
export function decide<S extends SourceSample>(
  { label, name, target, identified, refused }: Draft<S>,
  labels: ReadonlyMap<string, string | null>,
  nameOf: ReadonlyMap<string, string>,
): PlannedItem<S> {
  const once = [...new Map(identified.map((one) => [one.photo, one])).values()];
  const toSend = once.filter(({ photo }) => !labels.has(photo));
  const decided = once.flatMap((one): Decided<S>[] => {
    const now = labels.get(one.photo);
    if (now === undefined || (now !== null && now === target?.id)) return [];
    const reason = now === null ? "has been forgotten" : `is ${nameOf.get(now) ?? now} now`;
    return [{ ...one, reason, isForgotten: now === null }];
  });
  const alreadyThere = identified.length - toSend.length - decided.length;
  return { label, name, target, toSend, decided, alreadyThere, refused };
}
