/** Photos or texts on their way to an item: how they come to its card, how far they are, and what became of them. */
import { useLayoutEffect, useRef, useState } from "preact/hooks";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { Alert, Button } from "./controls.tsx";
import { listenForDrops } from "./dropped-files.ts";
import { createUploader, describeSummary, type RefusedSample, type SendBatch } from "./uploader.ts";

const texts = kitchen.items.upload;

/** Takes files in; `onEnd` hears when they have come, or cannot. */
type TakeFiles = (files: readonly File[], onEnd?: () => void) => unknown;

/** Files that come with a new item, to be sent as if they had been dropped on its card. */
export interface BroughtFiles {
  readonly files: readonly File[];
  readonly onEnd: () => void;
}

/** What the place on an item's card needs where photos or texts come in. */
export interface DropProps {
  /** May be that of "not on the menu". */
  readonly itemId: string;
  readonly name: string;
  readonly hidden?: boolean;
  readonly brought?: BroughtFiles | undefined;
  /** Called when something has been taken in. */
  readonly onChange: () => Promise<void>;
}

/** A `ref` of the area on which files may be dropped; `take` gets them, and those that are brought. */
export function useFiles<Area extends HTMLElement>(take: TakeFiles, brought?: BroughtFiles) {
  const area = useRef<Area>(null);
  const latest = useRef(take);
  latest.current = take;
  useLayoutEffect(() => {
    if (area.current !== null) listenForDrops(area.current, (files) => latest.current(files));
  }, []);
  useLayoutEffect(() => {
    if (brought !== undefined) latest.current(brought.files, brought.onEnd);
  }, [brought]);
  return area;
}

interface FileInputProps {
  readonly label: string;
  readonly accept: string;
  readonly take: TakeFiles;
}

/** Out of sight in a label that shows what it is for. */
export function FileInput({ label, accept, take }: FileInputProps) {
  const choose = (input: HTMLInputElement) => {
    const files = [...(input.files ?? [])];
    // Emptied, so that choosing the same files again is noticed.
    input.value = "";
    if (files.length > 0) take(files);
  };
  return (
    <input
      {...{ class: "visually-hidden", type: "file", multiple: true, accept, "aria-label": label }}
      onChange={({ currentTarget }) => choose(currentTarget)}
    />
  );
}

interface SendingOptions<T> {
  readonly batchSize: number;
  readonly sendBatch: SendBatch<T>;
  /** Called when something has been taken in. */
  readonly onChange: () => Promise<void>;
}

/** What a card says of its sending. */
interface Sending {
  /** Null while nothing is on the way. */
  readonly bar: { readonly done: number; readonly total: number } | null;
  readonly words: string;
  readonly refused: readonly RefusedSample[];
  readonly problem: string;
}

const NOTHING: Sending = { bar: null, words: "", refused: [], problem: "" };

/** What sends, with the options of the first time, and a view of it. */
export function useSending<T>({ batchSize, sendBatch, onChange }: SendingOptions<T>) {
  const [{ bar, words, refused, problem }, show] = useState(NOTHING);
  const change = (changed: Partial<Sending>) => show((last) => ({ ...last, ...changed }));
  const [uploader] = useState(() =>
    createUploader({
      batchSize,
      sendBatch,
      onProgress: (done, total) => change({ bar: { done, total }, words: texts.progress(done, total) }),
      onFinish: (summary) => {
        change({ bar: null, words: describeSummary(summary), refused: summary.refused });
        void onChange();
      },
      onProblem: ({ detail }) => {
        change({ problem: detail });
        void onChange();
      },
    }),
  );
  const send = (samples: readonly T[], onEnd?: () => void) => {
    change({ problem: "", refused: [] });
    uploader.add(samples, onEnd);
  };
  const line = useRef<HTMLParagraphElement>(null);
  const goOn = () => {
    // The button goes with the problem.
    line.current?.focus();
    change({ problem: "" });
    uploader.resume();
  };
  const view = (
    <>
      <progress class="upload-bar" aria-label={texts.bar} hidden={bar === null} max={bar?.total} value={bar?.done} />
      <p class="soft small" role="status" tabIndex={-1} ref={line}>
        {words}
      </p>
      <Refusals refused={refused} />
      <Alert text={problem}>
        <Button onClick={goOn}>{texts.goOn}</Button>
      </Alert>
    </>
  );
  return { send, view };
}

/** It scrolls when it is long, which takes the focus where there is no mouse. */
function Refusals({ refused }: { readonly refused: readonly RefusedSample[] }) {
  if (refused.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls when it is long
    <ul class="refused small" tabIndex={0} aria-label={texts.refused}>
      {refused.map(({ file, reason }, at) => (
        <li key={at}>
          <strong>{file}</strong> {reason}
        </li>
      ))}
    </ul>
  );
}
