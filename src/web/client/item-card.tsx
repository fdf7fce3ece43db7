/** One item on the menu: its name, how many photos teach it, whether they are enough, and a place to drop more. */
import type { ComponentChildren } from "preact";
import { useRef } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { FEW_EXAMPLES } from "./advice.ts";
import type { SampleLimits } from "./answers.ts";
import { describeEnough } from "./enough.ts";
import type { HeadDetails } from "./head-answers.ts";
import { SampleDrop } from "./sample-drop.tsx";
import type { BroughtFiles } from "./sending.tsx";
import type { ItemNames } from "./version-words.ts";

/** Where the gauge is full. More photos still help, but each one less. */
const PLENTY_EXAMPLES = 40;

const texts = kitchen.items.card;

/** What all cards of a place are given alike. */
export interface Taught {
  /** Those of photos or of texts. */
  readonly limits: SampleLimits;
  /** The whole menu, archived items among it. */
  readonly classes: readonly ItemClass[];
  readonly names: ItemNames;
  /** Of the live version; null where nothing was measured. */
  readonly details: HeadDetails | null;
  /** Called after every change. */
  readonly refresh: () => Promise<void>;
}

interface ItemCardProps extends Taught {
  readonly item: ItemClass;
  /** One that has never shown is a shell: a menu may have hundreds, and making them takes long. */
  readonly isShown: boolean;
  /** What came with the item when it was made here. */
  readonly brought?: BroughtFiles | undefined;
}

/** On the menu: its name leads to its own place, where everything else is. */
export function ItemCard({ item, isShown, ...others }: ItemCardProps) {
  const isMade = useRef(false);
  isMade.current ||= isShown || others.brought !== undefined;
  if (!isMade.current) return <article class="card item" hidden />;
  const titleId = `item-${item.id}`;
  return (
    <article class="card item" aria-labelledby={titleId} hidden={!isShown}>
      <div class="item-head">
        <h2 class="card-title" id={titleId}>
          <a href={placeOfItem(item.id)}>{item.name}</a>
        </h2>
        <ItemCount item={item} />
      </div>
      <ItemBody item={item} {...others} />
    </article>
  );
}

/** The address of an item's own place. */
export function placeOfItem(id: string): string {
  return `/admin/menu/${encodeURIComponent(id)}`;
}

/** How many photos teach it. */
export function ItemCount({ item: { examples, byDescription } }: { readonly item: ItemClass }) {
  return (
    <p class={examples < FEW_EXAMPLES ? "item-count item-count-few" : "item-count"}>
      {byDescription ? texts.byDescription : texts.photos(examples)}
    </p>
  );
}

interface ItemBodyProps extends Taught {
  readonly item: ItemClass;
  readonly brought?: BroughtFiles | undefined;
  /** While it is being described anew. */
  readonly hidesDescription?: boolean;
  /** Below the verdict. */
  readonly children?: ComponentChildren;
}

/** Below the heading of an item, on the menu and at its own place. */
export function ItemBody(props: ItemBodyProps) {
  const { item, limits, classes, names, details, refresh, brought, hidesDescription, children } = props;
  const verdict = details === null ? "" : describeEnough(details, item.id, names);
  return (
    <>
      <p class="soft" hidden={hidesDescription}>
        {describe(item, classes)}
      </p>
      <div class="gauge" aria-hidden="true" style={{ "--share": Math.min(1, item.examples / PLENTY_EXAMPLES) }} />
      <div class="item-quality" hidden={item.archived}>
        {verdict !== "" && <p class="item-verdict">{verdict}</p>}
        {children}
      </div>
      <SampleDrop
        {...{ limits, itemId: item.id, name: item.name, hidden: item.archived, brought, onChange: refresh }}
      />
    </>
  );
}

/** A merged item says where it went: it cannot come back on the menu. */
function describe({ description, mergedInto }: ItemClass, classes: readonly ItemClass[]): string | null {
  if (mergedInto === null) return description;
  return texts.mergedInto(classes.find(({ id }) => id === mergedInto)?.name ?? mergedInto);
}
