/** One example as large as it is kept, with what is known of it, and the way to its neighbours in the list. */
import type { TargetedKeyboardEvent } from "preact";
import { useEffect, useState } from "preact/hooks";
import type { LookTexts } from "../texts/kitchen/en/look.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { Button } from "./controls.tsx";
import { pictureOf } from "./label-api.ts";
import { addressOf } from "./look-address.ts";
import { describeTile, type Tile } from "./look-tile.tsx";
import type { ItemNames } from "./version-words.ts";

interface LookDialogProps {
  /** The one that shows first. */
  readonly photo: string;
  /** Those that one can go on to, itself included; they stay those of the moment when it opens. */
  readonly around: readonly Tile[];
  readonly texts: LookTexts;
  readonly names: ItemNames;
  /** Hears which one showed last, and takes the dialog away. */
  readonly onClose: (photo: string) => void;
}

/** Lies over the page as soon as it is there. */
export function LookDialog({ photo, around, texts, names, onClose }: LookDialogProps) {
  // What is still under way to the list may take tiles out of it.
  const [tiles] = useState(around);
  const [at, setAt] = useState(() =>
    Math.max(
      0,
      tiles.findIndex((tile) => tile.photo === photo),
    ),
  );
  const tile = tiles[at];
  const go = (step: number) => tiles[at + step] !== undefined && setAt(at + step);
  const press = ({ key }: TargetedKeyboardEvent<HTMLElement>) => {
    if (key === "ArrowLeft") go(-1);
    if (key === "ArrowRight") go(1);
  };
  return (
    <dialog
      class="look-dialog card"
      aria-labelledby="look-dialog-title"
      ref={showModal}
      onClose={() => onClose(tile.photo)}
      onKeyDown={press}
    >
      <h2 id="look-dialog-title" tabIndex={-1}>
        {describeTile({ ...tile, text: null }, { texts, names })}
      </h2>
      <LargeTile key={tile.photo} {...{ tile, texts }} />
      <div class="button-row">
        <Button isDisabled={tiles[at - 1] === undefined} onClick={() => go(-1)}>
          {texts.previous}
        </Button>
        <Button isDisabled={tiles[at + 1] === undefined} onClick={() => go(1)}>
          {texts.next}
        </Button>
        <Button onClick={(button) => button.closest("dialog")?.close()}>{texts.close}</Button>
      </div>
    </dialog>
  );
}

/** The title is read first, and not the first of the buttons. */
function showModal(dialog: HTMLDialogElement | null): void {
  dialog?.showModal();
  dialog?.querySelector("h2")?.focus();
}

interface LargeTileProps {
  readonly tile: Tile;
  readonly texts: LookTexts;
}

function LargeTile({ tile: { photo, picture, text, about }, texts }: LargeTileProps) {
  return (
    <div class="look-dialog-body">
      {picture && <img class="look-large" src={pictureOf(photo)} alt={kitchen.samples.picture} />}
      {text !== null && <WholeText photo={photo} beginning={text} />}
      {about !== "" && <p class="soft">{about}</p>}
      <p class="soft small">
        {`${texts.fingerprint} `}
        <code class="look-fingerprint">{photo}</code>
      </p>
      <p>
        <a href={addressOf({ kind: "near", photo })}>{texts.why}</a>
      </p>
    </div>
  );
}

interface WholeTextProps {
  readonly photo: string;
  readonly beginning: string;
}

/** Lists have the beginning; the rest comes when somebody wants to read it. */
function WholeText({ photo, beginning }: WholeTextProps) {
  const [words, setWords] = useState(beginning);
  useEffect(() => {
    const load = async () => {
      const response = await fetch(pictureOf(photo));
      if (response.ok) setWords(await response.text());
    };
    load().catch(() => {}); // the beginning stays
  }, []);
  return <p class="look-text">{words}</p>;
}
