/** One photo that teaches an item: what it is, and what can be done about it. */
import { useRef, useState } from "preact/hooks";
import { NONE_ID } from "../../shared/none-label.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import type { Answer } from "./admin-api.ts";
import { Button, Moment } from "./controls.tsx";
import { describeExample, shortPhoto } from "./example-words.ts";
import type { Label } from "./item-names.ts";
import type { Example } from "./label-answers.ts";
import { forgetExample, relabelExample } from "./label-api.ts";
import { HeldCopy } from "./sample-copy.tsx";
import { changePurpose } from "./testing-api.ts";

const texts = kitchen.itemTools.photos;

interface ExampleRowProps {
  readonly example: Example;
  readonly others: readonly Label[];
  /** Does it, says `words` and takes the row away; or says what went wrong. */
  readonly settle: (row: Element, photo: string, act: () => Answer<void>, words: string) => Promise<void>;
  /** What went wrong, or an empty text. */
  readonly tell: (problem: string) => void;
  readonly say: (words: string) => void;
}

/** One thing is asked for at a time. */
export function ExampleRow({ example, others, settle, tell, say }: ExampleRowProps) {
  const { photo } = example;
  const name = shortPhoto(photo);
  const row = useRef<HTMLLIElement>(null);
  const [isBusy, setBusy] = useState(false);
  const [purpose, setPurpose] = useState(example.purpose);
  const isAside = purpose === "test";
  const once = async (work: () => Promise<void>) => {
    if (isBusy) return;
    setBusy(true);
    await work();
    setBusy(false);
  };
  const leave = (act: () => Answer<void>, words: string) =>
    once(async () => {
      if (row.current !== null) await settle(row.current, photo, act, words);
    });
  const switchPurpose = () =>
    once(async () => {
      const wanted = isAside ? "learn" : "test";
      const answer = await changePurpose(photo, wanted);
      tell(answer.ok ? "" : answer.error.detail);
      if (!answer.ok) return;
      setPurpose(wanted);
      say(isAside ? texts.isBack(name) : texts.isAside(name));
    });
  const absorbed = purpose === example.purpose && example.absorbed;
  return (
    <li class="example" aria-busy={isBusy} ref={row}>
      <HeldCopy {...example} />
      <div class="example-words">
        <code>{name}</code>
        <span class="soft small">
          {describeExample({ ...example, purpose, absorbed })}, <Moment iso={example.labelledAt} />
        </span>
      </div>
      <div class="example-controls">
        {others.length > 0 && (
          <Move
            {...{ photo: name, others }}
            onMove={(to) => leave(() => relabelExample(photo, to.id), nameMove(name, to))}
          />
        )}
        <Button kind="quiet" label={texts.setPhotoAside(name)} isPressed={isAside} onClick={switchPurpose}>
          {texts.setAside}
        </Button>
        <Button
          {...{ kind: "quiet", needs: "admin", label: texts.forgetPhoto(name) }}
          onClick={() => leave(() => forgetExample(photo), texts.forgotten(name))}
        >
          {texts.forget}
        </Button>
      </div>
    </li>
  );
}

function nameMove(photo: string, to: Label): string {
  return to.id === NONE_ID ? kitchen.none.moved(photo) : texts.moved(photo, to.name);
}

interface MoveProps {
  readonly photo: string;
  readonly others: readonly Label[];
  readonly onMove: (to: Label) => Promise<void>;
}

/** Choosing and moving are two steps: a select that acted by itself would act on every arrow key. */
function Move({ photo, others, onMove }: MoveProps) {
  const select = useRef<HTMLSelectElement>(null);
  /** Has only its first item until somebody comes to it: a page of photos with every item each would take the browser most of a second. */
  const [isFilled, setFilled] = useState(false);
  const fill = () => setFilled(true);
  const move = () => {
    const to = others.find(({ id }) => id === select.current?.value);
    return to && onMove(to);
  };
  return (
    <>
      {/* The pointer comes first, and opens the list before some browsers give the focus. */}
      <select aria-label={texts.moveTo(photo)} ref={select} onPointerDown={fill} onFocus={fill}>
        {(isFilled ? others : others.slice(0, 1)).map(({ id, name }) => (
          <option key={id} value={id}>
            {name}
          </option>
        ))}
      </select>
      <Button kind="quiet" label={texts.movePhoto(photo)} onClick={move}>
        {texts.move}
      </Button>
    </>
  );
}
