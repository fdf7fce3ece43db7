/**
 * What an import is going to do, photo by photo, before anything is sent: which are new, which are there, which people have
 * decided about since, and which cannot be used. A dry run ends here.
 */
import { readFile } from "node:fs/promises";
import { classFields } from "../../src/http/admin/class-fields.ts";
import { readImageHeader } from "../../src/image/header.ts";
import { toNameKey } from "../../src/shared/item-names.ts";
import { sha256Of } from "../backbone/file-identity.ts";
import { reasonOf } from "../shared/command.ts";
import type { ApiClient, RemoteClass } from "./api-client.ts";
import { explainSize } from "./batch-photos.ts";
import type { ImportSource, LeftOut, SourceItem, SourcePhoto } from "./import-source.ts";
import { resolveItem } from "./resolve-item.ts";

const MAX_KNOWN_PER_REQUEST = 500;

/** A photo and its SHA-256. */
export interface HashedPhoto extends SourcePhoto {
  readonly photo: string;
}

/** A photo that people have given another label since, or have forgotten, and what became of it. */
export interface DecidedPhoto extends HashedPhoto {
  readonly reason: string;
  readonly isForgotten: boolean;
}

export interface PlannedItem {
  readonly label: string;
  readonly name: string;
  /** Null where it is to be made. */
  readonly target: RemoteClass | null;
  readonly toSend: readonly HashedPhoto[];
  readonly decided: readonly DecidedPhoto[];
  readonly alreadyThere: number;
  readonly refused: readonly LeftOut[];
}

export interface ImportPlan extends Omit<ImportSource, "items"> {
  readonly items: readonly PlannedItem[];
  readonly maxImageBytes: number;
}

export interface PlanOptions {
  /** Look into the photos as far as the server would before it decodes them. */
  readonly isDry: boolean;
}

/** Asks the server what it has. Throws `CommandError` when it cannot be asked. */
export async function planImport(source: ImportSource, client: ApiClient, options: PlanOptions): Promise<ImportPlan> {
  const maxImageBytes = await client.maxImageBytes();
  const menu = await client.listClasses();
  const { items, ...rest } = source;
  const check = options.isDry ? (bytes: Uint8Array<ArrayBuffer>) => findFault(bytes, maxImageBytes) : () => null;
  const drafts: Draft[] = [];
  for (const item of joinTargets(items.map((one) => draftItem(one, menu)))) drafts.push(await hashPhotos(item, check));
  refuseContested(drafts);
  const labels = await findLabels(drafts, client);
  const nameOf = new Map(menu.map(({ id, name }) => [id, name]));
  return { ...rest, maxImageBytes, items: drafts.map((draft) => decide(draft, labels, nameOf)) };
}

interface Draft {
  readonly label: string;
  readonly name: string;
  readonly target: RemoteClass | null;
  photos: readonly SourcePhoto[];
  hashed: HashedPhoto[];
  readonly refused: LeftOut[];
}

function draftItem({ label, name, photos, refused }: SourceItem, menu: readonly RemoteClass[]): Draft {
  const draft = { label, name, hashed: [], target: null };
  const resolved = resolveItem(label, name, menu);
  const fault = "reason" in resolved ? resolved.reason : resolved.target === null ? findNameFault(name) : null;
  if (fault === null) return { ...draft, ...resolved, photos, refused: [...refused] };
  return { ...draft, photos: [], refused: [...refused, ...photos.map((photo) => refuse(photo, fault))] };
}

/** Why no item can be called so, by the rule that the API has. */
function findNameFault(name: string): string | null {
  const { error } = classFields.name.safeParse(name);
  return error === undefined ? null : `no item can be called ${JSON.stringify(name)}: ${error.issues[0].message}`;
}

function refuse({ file, place }: SourcePhoto, reason: string): LeftOut {
  return { file, reason, ...(place === undefined ? {} : { place }) };
}

/** Two names of one item of the menu are one item. */
function joinTargets(drafts: readonly Draft[]): Draft[] {
  return [...Map.groupBy(drafts, keyOf).values()].map(([first, ...others]) => ({
    ...first,
    photos: [first, ...others].flatMap(({ photos }) => photos),
    refused: [first, ...others].flatMap(({ refused }) => refused),
  }));
}

function keyOf({ target, name }: Draft): string {
  return target === null ? `new ${toNameKey(name)}` : `id ${target.id}`;
}

async function hashPhotos(draft: Draft, check: (bytes: Uint8Array<ArrayBuffer>) => string | null): Promise<Draft> {
  for (const photo of draft.photos) {
    try {
      const bytes = new Uint8Array(await readFile(photo.path));
      const fault = check(bytes);
      if (fault === null) draft.hashed.push({ ...photo, photo: sha256Of(bytes) });
      else draft.refused.push(refuse(photo, fault));
    } catch (cause) {
      draft.refused.push(refuse(photo, `cannot be read: ${reasonOf(cause)}`));
    }
  }
  return draft;
}

function findFault(bytes: Uint8Array<ArrayBuffer>, maxImageBytes: number): string | null {
  const header = readImageHeader(bytes);
  return explainSize(bytes.length, maxImageBytes) ?? (header.ok ? null : header.error.detail);
}

/** One photo under two items teaches neither. */
function refuseContested(drafts: readonly Draft[]): void {
  const rivals = new Map<string, Set<string>>();
  for (const { hashed, label } of drafts) {
    for (const { photo } of hashed) rivals.set(photo, (rivals.get(photo) ?? new Set()).add(label));
  }
  for (const draft of drafts) {
    const isContested = ({ photo }: HashedPhoto) => (rivals.get(photo)?.size ?? 0) > 1;
    for (const photo of draft.hashed.filter(isContested)) {
      const reason = `the same photo is in ${[...(rivals.get(photo.photo) ?? [])].join(" and ")}`;
      draft.refused.push(refuse(photo, reason));
    }
    draft.hashed = draft.hashed.filter((photo) => !isContested(photo));
  }
}

async function findLabels(drafts: readonly Draft[], client: ApiClient): Promise<Map<string, string | null>> {
  const photos = [...new Set(drafts.flatMap(({ hashed }) => hashed.map(({ photo }) => photo)))];
  const labels = new Map<string, string | null>();
  for (let first = 0; first < photos.length; first += MAX_KNOWN_PER_REQUEST) {
    const found = await client.findLabels(photos.slice(first, first + MAX_KNOWN_PER_REQUEST));
    for (const [photo, label] of found) labels.set(photo, label);
  }
  return labels;
}

function decide(
  { label, name, target, hashed, refused }: Draft,
  labels: ReadonlyMap<string, string | null>,
  nameOf: ReadonlyMap<string, string>,
): PlannedItem {
  const once = [...new Map(hashed.map((one) => [one.photo, one])).values()];
  const toSend = once.filter(({ photo }) => !labels.has(photo));
  const decided = once.flatMap((one): DecidedPhoto[] => {
    const now = labels.get(one.photo);
    if (now === undefined || (now !== null && now === target?.id)) return [];
    const reason = now === null ? "has been forgotten" : `is ${nameOf.get(now) ?? now} now`;
    return [{ ...one, reason, isForgotten: now === null }];
  });
  const alreadyThere = hashed.length - toSend.length - decided.length;
  return { label, name, target, toSend, decided, alreadyThere, refused };
}
