/** At a place of its own: an item with how well it is told apart in figures and its tools; and what is on no menu. */
import type { ComponentChildren } from "preact";
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { ItemClass } from "./admin-answers.ts";
import { type ClassChange, changeClass } from "./admin-api.ts";
import { FEW_EXAMPLES } from "./advice.ts";
import { describeQuality } from "./confusion.ts";
import { Button, type Needs } from "./controls.tsx";
import { Curve } from "./curve-view.tsx";
import { useDeeds } from "./deeds.tsx";
import { find } from "./dom.ts";
import { ExampleList } from "./example-list.tsx";
import { ItemBody, ItemCount, type Taught } from "./item-card.tsx";
import { DeleteForm, MergeForm, RenameForm } from "./item-tools.tsx";
import { NoneBody, NoneCount, type NoneProps } from "./none-card.tsx";

const texts = kitchen.items.card;
const { tools: toolTexts, photos } = kitchen.itemTools;
type Tool = keyof typeof toolTexts;

interface ItemDetailProps extends Taught {
  readonly item: ItemClass;
}

/** The item's name is the page's title. */
export function ItemDetail({ item, ...taught }: ItemDetailProps) {
  const { opened, open, save, act, close, button, alert } = useDeeds<"rename">(item.name);
  const rename = (change: ClassChange) =>
    save(changeClass(item.id, change), () => {
      close();
      return taught.refresh();
    });
  const archive = () => act(changeClass(item.id, { archived: !item.archived }), taught.refresh);
  const [archiveWords, archiveLabel] = item.archived
    ? [texts.restore, texts.restoreItem(item.name)]
    : [texts.archive, texts.archiveItem(item.name)];
  return (
    <article class="card item" aria-labelledby="items-title">
      {opened === "rename" ? (
        <RenameForm item={item} save={rename} onLeave={close} />
      ) : (
        <div class="item-head">
          <ItemCount item={item} />
        </div>
      )}
      <ItemBody {...taught} item={item} hidesDescription={opened === "rename"}>
        <Figures {...taught} item={item} />
      </ItemBody>
      {alert}
      <Tools {...taught} item={item}>
        {button(texts.rename, "quiet", (by) => open("rename", by), texts.renameItem(item.name), "admin")}
        {item.mergedInto === null && button(archiveWords, "quiet", archive, archiveLabel, "admin")}
      </Tools>
    </article>
  );
}

/** The curve and the figures; what was not measured, or on too few photos to tell, is left out. */
function Figures({ item: { id, name }, details, names }: ItemDetailProps) {
  if (details === null) return null;
  const own = details.perClass.find(({ classId }) => classId === id);
  const words = describeQuality(details, id, names);
  return (
    <>
      {own !== undefined && own.examples >= FEW_EXAMPLES && <Curve curve={own.curve} name={name} />}
      {words !== "" && <p class="soft small">{words}</p>}
    </>
  );
}

/** One is open at a time; what it will do stands beside the button that does it. `children` are buttons that act at once. */
function Tools({ item, classes, refresh, children }: ItemDetailProps & { readonly children: ComponentChildren }) {
  const deeds = useDeeds<Tool>(item.name);
  const { opened, close: onLeave } = deeds;
  // A merged item has no photos and cannot be merged again.
  const isMerged = item.mergedInto !== null;
  const of = item.name;
  const finish = async (words: string) => {
    find("items-status").textContent = words;
    find("items-title").focus();
    await refresh();
  };
  return (
    <div class="item-tools" data-needs="review">
      <div class="item-foot">
        {!isMerged && <ToolButton tool="photos" {...{ of, deeds }} />}
        {children}
        {!isMerged && <ToolButton tool="merge" needs="admin" {...{ of, deeds }} />}
        <ToolButton tool="delete" needs="admin" {...{ of, deeds }} />
      </div>
      <div class="tool">
        {opened === "photos" && <ExampleList label={item} title={photos.list(item.name)} {...{ classes, refresh }} />}
        {opened === "merge" && <MergeForm {...{ item, classes, finish, onLeave }} />}
        {opened === "delete" && <DeleteForm {...{ item, finish, onLeave }} />}
      </div>
    </div>
  );
}

/** The counterpart of an item's; what it is called is the page's title. */
export function NoneDetail({ classes, ...none }: NoneProps & Pick<Taught, "classes">) {
  const { title, photoList } = kitchen.none;
  const { refresh } = none;
  const deeds = useDeeds<Tool>(title);
  return (
    <article class="card item item-none" aria-labelledby="items-title">
      <div class="item-head">
        <NoneCount {...none} />
      </div>
      <NoneBody {...none} />
      <div class="item-foot">
        <ToolButton tool="photos" of={title} needs="review" deeds={deeds} />
      </div>
      <div class="tool">
        {deeds.opened === "photos" && (
          <ExampleList label={{ id: NONE_ID, name: title }} title={photoList} {...{ classes, refresh }} />
        )}
      </div>
    </article>
  );
}

interface ToolButtonProps {
  readonly tool: Tool;
  /** The name of what it is for. */
  readonly of: string;
  readonly needs?: Needs;
  readonly deeds: Pick<ReturnType<typeof useDeeds<Tool>>, "opened" | "open" | "close">;
}

/** Opens a tool, and puts it away again. */
function ToolButton({ tool, of, needs, deeds: { opened, open, close } }: ToolButtonProps) {
  const { title, name } = toolTexts[tool];
  const isOpen = opened === tool;
  return (
    <Button
      {...{ kind: "quiet", label: name(of), needs, isExpanded: isOpen }}
      onClick={(by) => (isOpen ? close() : open(tool, by))}
    >
      {title}
    </Button>
  );
}
