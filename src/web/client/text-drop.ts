/** The place on an item's card where texts are typed, pasted or dropped: one a line, or a column of a CSV or TSV file. */

import { splitTextLines } from "../../shared/lines.ts";
import { ok } from "../../shared/result.ts";
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { sendTexts } from "./admin-api.ts";
import { createButton, createElement } from "./dom.ts";
import { listenForDrops } from "./dropped-files.ts";
import { addResults } from "./import-summary.ts";
import type { SampleDrop, SampleDropOptions } from "./sample-drop.ts";
import { createSendingView } from "./sending-view.ts";
import { readTextRows } from "./text-rows.ts";
import type { SendBatch } from "./uploader.ts";

/** Few enough that even the longest texts fit the megabyte of a request. */
const BATCH_TEXTS = 10;
const SHOWN_CHARACTERS = 40;
const texts = kitchen.items.write;

/** `itemId` may be that of none of the kinds. */
export function createTextDrop({ itemId, onChange }: SampleDropOptions): SampleDrop {
  const box = createElement("textarea", { attributes: { rows: "3", placeholder: texts.placeholder } });
  const input = createElement("input", {
    class: "visually-hidden",
    attributes: { type: "file", accept: ".txt,.csv,.tsv,text/*", multiple: "" },
  });
  const choose = createElement("label", { class: "button" }, input, createElement("span", { text: texts.file }));
  const { parts, add: send } = createSendingView({
    batchSize: BATCH_TEXTS,
    sendBatch: createTextSender(itemId),
    onChange,
  });
  const teach = createButton(texts.teach, "plain", () => {
    const lines = splitTextLines(box.value);
    if (lines.length === 0) return box.focus();
    send(lines, () => {
      box.value = "";
    });
  });
  let name = "";
  const add = async (files: readonly File[], onEnd?: () => void) => {
    const rows = await Promise.all(
      files.map(async (file) => readTextRows(file.name, await file.text(), [itemId, name])),
    );
    send(rows.flat(), onEnd);
  };
  const buttons = createElement("div", { class: "button-row" }, teach, choose);
  const element = createElement("div", { class: "photo-drop text-drop" }, box, buttons, ...parts);
  input.addEventListener("change", () => {
    const files = [...(input.files ?? [])];
    // Emptied, so that choosing the same file again is noticed.
    input.value = "";
    if (files.length > 0) void add(files);
  });
  listenForDrops(element, (files) => void add(files));
  const setName = (item: string) => {
    name = item;
    box.setAttribute("aria-label", texts.field(item));
    teach.setAttribute("aria-label", texts.teachItem(item));
    input.setAttribute("aria-label", texts.chooseFor(item));
  };
  return { element, add: (files, onEnd) => void add(files, onEnd), setName };
}

/** The API names no text it refuses, since it keeps none: here they are named by how they begin. */
function createTextSender(itemId: string): SendBatch<string> {
  return async function sendBatch(batch, before) {
    const answer = await sendTexts(itemId, batch);
    if (!answer.ok) return answer;
    const results = answer.value.results.map((result, i) => ({ ...result, file: shorten(batch[i] ?? "") }));
    if (results.some(({ problem }) => problem !== null)) await kitchen.frame.prepareToExplain();
    return ok(addResults(before, { ...answer.value, results }));
  };
}

function shorten(text: string): string {
  return text.length > SHOWN_CHARACTERS ? `${text.slice(0, SHOWN_CHARACTERS)}…` : text;
}
