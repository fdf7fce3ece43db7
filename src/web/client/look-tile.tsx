/** One example of a grid: a picture with a line below it, or the same in words where no picture is kept. The build knows nothing of which. */
import { Component } from "preact";
import type { LookTexts } from "../texts/kitchen/en/look.ts";
import { describeExample, shortPhoto } from "./example-words.ts";
import type { Example } from "./label-answers.ts";
import { pictureOf } from "./label-api.ts";
import { type ItemNames, nameOf } from "./version-words.ts";

/** An example, and what its list says of it. */
export interface Tile extends Omit<Example, "source" | "absorbed" | "labelledAt"> {
  /** Where it comes from and whether it is learnt; empty where the list does not say. */
  readonly about: string;
  /** What stands below the picture beside the label: what was answered, what it speaks for. */
  readonly mark: string;
  /** The label that its list is about; one that has another by now no longer belongs. */
  readonly listedAs: string;
}

/** How tiles are told of. */
export interface TileContext {
  readonly texts: LookTexts;
  readonly names: ItemNames;
}

/** A tile of an example as lists of the API have it. */
export function toTile(example: Example, mark = "", listedAs = example.label): Tile {
  const { photo, label, purpose, confirmedAt, picture, text } = example;
  return { photo, label, purpose, confirmedAt, picture, text, about: describeExample(example), mark, listedAs };
}

/** All that is said of it, for those who do not see it. */
export function describeTile(tile: Tile, { names, texts }: TileContext): string {
  const parts = [
    nameOf(names, tile.label),
    tile.mark,
    tile.text ?? "",
    ...flagsOf(tile, texts),
    shortPhoto(tile.photo),
  ];
  return parts.filter((part) => part !== "").join(", ");
}

function flagsOf({ purpose, confirmedAt }: Tile, texts: LookTexts): readonly string[] {
  return [...(purpose === "test" ? [texts.flags.aside] : []), ...(confirmedAt === null ? [] : [texts.flags.confirmed])];
}

interface TileOptionProps extends TileContext {
  readonly tile: Tile;
  /** Whether all tiles have one label, which then need not stand on each. */
  readonly isOneItem: boolean;
  readonly isSelected: boolean;
  /** Whether the Tab key stops here. */
  readonly isStop: boolean;
}

/** What it shows is its name as well. A key changes two of a thousand, so the others are not rendered again. */
export class TileOption extends Component<TileOptionProps> {
  override shouldComponentUpdate({ tile, names, isSelected, isStop }: TileOptionProps): boolean {
    const { props } = this;
    const isSame = tile === props.tile && names === props.names;
    return !isSame || isSelected !== props.isSelected || isStop !== props.isStop;
  }

  override render({ isSelected, isStop, ...words }: TileOptionProps) {
    return (
      <div
        class="tile"
        role="option"
        aria-selected={isSelected}
        tabIndex={isStop ? 0 : -1}
        data-photo={words.tile.photo}
      >
        <TileWords {...words} />
      </div>
    );
  }
}

type TileWordsProps = Omit<TileOptionProps, "isSelected" | "isStop">;

function TileWords({ tile, isOneItem, texts, names }: TileWordsProps) {
  const label = nameOf(names, tile.label);
  // What stands on every tile of an item, and what tells two pictures apart, is for those who do not see them.
  const unseen = [...(isOneItem ? [label] : []), ...(hasFace(tile) ? [shortPhoto(tile.photo)] : [])].join(", ");
  return (
    <>
      <Face {...tile} />
      <span class="tile-words">
        {!isOneItem && label !== "" && <span>{label}</span>}
        {tile.mark !== "" && <span>{tile.mark}</span>}
        {flagsOf(tile, texts).map((flag) => (
          <span key={flag} class="tile-flag">
            {flag}
          </span>
        ))}
      </span>
      {unseen !== "" && <span class="visually-hidden">{unseen}</span>}
    </>
  );
}

/** Whether it has something to look at or to read. */
export function hasFace({ picture, text }: Tile): boolean {
  return picture || text !== null;
}

function Face({ photo, picture, text, about }: Tile) {
  if (picture) {
    return <img class="tile-picture" src={pictureOf(photo)} alt="" loading="lazy" decoding="async" draggable={false} />;
  }
  if (text !== null) return <span class="tile-text">{text}</span>;
  return (
    <span class="tile-text">
      <code>{shortPhoto(photo)}</code>
      {about !== "" && ` ${about}`}
    </span>
  );
}
