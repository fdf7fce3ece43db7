/** The place on an item's card where texts are typed, pasted or dropped: one a line, or a column of a table. */
import { useRef } from "preact/hooks";
import { splitTextLines } from "../../shared/lines.ts";
import { NONE_ALIAS, NONE_ID } from "../../shared/none-label.ts";
import { ok } from "../../shared/result.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { sendTexts } from "./admin-api.ts";
import { Button } from "./controls.tsx";
import { type DropProps, FileInput, useFiles, useSending } from "./sending.tsx";
import { readTextRows } from "./text-rows.ts";
import { addResults, type RefusedSample, refuseSample, type SendBatch } from "./uploader.ts";

/** Few enough that even the longest texts fit the megabyte of a request. */
const BATCH_TEXTS = 10;
const SHOWN_CHARACTERS = 40;
const texts = kitchen.items.write;

/** What was typed stays until it has been sent. */
export function TextDrop({ itemId, name, hidden, brought, onChange }: DropProps) {
  const box = useRef<HTMLTextAreaElement>(null);
  const sendBatch = createTextSender(itemId);
  const { send, view } = useSending<Row>({ batchSize: BATCH_TEXTS, sendBatch, onChange });
  const take = async (files: readonly File[], onEnd?: () => void) => {
    send((await Promise.all(files.map((file) => readRows(file, itemId, name)))).flat(), onEnd);
  };
  const area = useFiles<HTMLDivElement>(take, brought);
  const teach = () => {
    const field = box.current;
    const lines = splitTextLines(field?.value ?? "");
    if (field === null || lines.length === 0) return field?.focus();
    const { value } = field;
    return new Promise<void>((resolve) =>
      send(lines, () => {
        // What has been typed meanwhile is still to be sent.
        if (field.value === value) field.value = "";
        resolve();
      }),
    );
  };
  return (
    <div class="photo-drop text-drop" hidden={hidden} ref={area}>
      <textarea rows={3} placeholder={texts.placeholder} aria-label={texts.field(name)} ref={box} />
      <div class="button-row">
        <Button label={texts.teachItem(name)} onClick={teach}>
          {texts.teach}
        </Button>
        {/* biome-ignore lint/a11y/noLabelWithoutControl: the control is its child */}
        <label class="button">
          <FileInput label={texts.chooseFor(name)} accept=".txt,.csv,.tsv,text/*" take={take} />
          <span>{texts.file}</span>
        </label>
      </div>
      {view}
    </div>
  );
}

/** A text, or a file that holds none: whoever dropped it hears why nothing came of it. */
type Row = string | RefusedSample;

async function readRows(file: File, itemId: string, name: string): Promise<readonly Row[]> {
  const names = itemId === NONE_ID ? [itemId, name, NONE_ALIAS] : [itemId, name];
  // A folder is dropped like a file, and cannot be read.
  const bytes = await file.arrayBuffer().catch(() => null);
  const rows = bytes === null ? null : readTextRows(file.name, new Uint8Array(bytes), names);
  if (rows === null) return [{ file: file.name, reason: texts.noText }];
  return rows.length > 0 ? rows : [{ file: file.name, reason: texts.nothingOf(name) }];
}

/** The API names no text it refuses, since it keeps none: here they are named by how they begin. */
function createTextSender(itemId: string): SendBatch<Row> {
  return async function sendBatch(batch, before) {
    const lines = batch.filter((row) => typeof row === "string");
    const summary = batch.filter((row) => typeof row !== "string").reduce(refuseSample, before);
    if (lines.length === 0) return ok(summary);
    const answer = await sendTexts(itemId, lines);
    if (!answer.ok) return answer;
    const results = answer.value.results.map((result, i) => ({ ...result, file: shorten(lines[i] ?? "") }));
    if (results.some(({ problem }) => problem !== null)) await kitchen.frame.prepareToExplain();
    return ok(addResults(summary, { ...answer.value, results }));
  };
}

function shorten(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
