/** Export and import in the page, each with its progress. A file is checked before any of it is sent or saved. */
import * as kitchen from "../texts/kitchen/kitchen-texts.ts";
import { confirmMerge } from "./confirm-merge.ts";
import { createElement, find, findElement, isBusy, setBusy, showAlert } from "./dom.ts";
import { type ExportFile, readExportFile } from "./export-file.ts";
import { abortRestore, fetchExport, type ImportAnswer, type ImportMode, importPart } from "./transfer-api.ts";
import { addCounts, describeExport, describeImport, EMPTY_COUNTS } from "./transfer-words.ts";

/** Rows that are listed; a hostile file can have millions that are refused. */
const MAX_LISTED = 100;
const { exporting, importing } = kitchen.transfer;

/** The server renders the controls disabled: without this they do nothing. */
export function wireTransfer(refresh: () => Promise<void>): void {
  const button = findElement("export", HTMLButtonElement);
  button.addEventListener("click", async () => {
    if (isBusy(button)) return;
    setBusy(button, true);
    showAlert(find("export-alert"), "");
    const problem = await saveExport();
    setBusy(button, false);
    showAlert(find("export-alert"), problem);
  });
  wireAbort(refresh);
  const input = findElement("import-file", HTMLInputElement);
  input.addEventListener("change", async () => {
    const file = input.files?.[0];
    if (file === undefined || isBusy(input)) return;
    setBusy(input, true);
    showAlert(find("import-alert"), "");
    find("import-outcome").textContent = importing.checking;
    const read = await readExportFile(new Uint8Array(await file.arrayBuffer()));
    const problem = read.ok ? await sendFile(read.value, readMode()) : read.error;
    setBusy(input, false);
    // Emptied, so that choosing the same file again goes on.
    input.value = "";
    find("import-bar").hidden = true;
    if (!read.ok) find("import-outcome").textContent = "";
    showAlert(find("import-alert"), problem);
    await refresh();
  });
  button.disabled = false;
  input.disabled = false;
}

function readMode(): ImportMode {
  return findElement("import-merge", HTMLInputElement).checked ? "merge" : "restore";
}

function wireAbort(refresh: () => Promise<void>): void {
  const button = findElement("abort-restore", HTMLButtonElement);
  button.addEventListener("click", async () => {
    if (isBusy(button)) return;
    setBusy(button, true);
    const aborted = await abortRestore();
    if (!aborted.ok) await kitchen.frame.prepareToExplain();
    setBusy(button, false);
    find("import-outcome").textContent = aborted.ok ? importing.aborted : "";
    showAlert(find("import-alert"), aborted.ok ? "" : kitchen.frame.explain(aborted.error));
    await refresh();
  });
  button.disabled = false;
}

/** Gives back what went wrong, or an empty text. */
async function saveExport(): Promise<string> {
  const outcome = find("export-outcome");
  const fetched = await fetchExport((bytes, lines) => {
    outcome.textContent = describeExport(bytes, lines);
  });
  if (!fetched.ok) return fetched.error;
  const checked = await readExportFile(new Uint8Array(await fetched.value.arrayBuffer()));
  if (!checked.ok) return exporting.again(checked.error);
  const url = URL.createObjectURL(fetched.value);
  createElement("a", { attributes: { href: url, download: "headstart-export.ndjson" } }).click();
  URL.revokeObjectURL(url);
  outcome.textContent = exporting.done(describeExport(fetched.value.size, checked.value.rows + 1));
  return "";
}

/** Returns what went wrong, or an empty text; before a file brings back what was forgotten, it asks. */
async function sendFile(file: ExportFile, mode: ImportMode): Promise<string> {
  if (mode === "restore") return sendParts(file, mode);
  const { isWanted, error } = await confirmMerge(file);
  if (isWanted) return sendParts(file, mode);
  find("import-outcome").textContent = error === "" ? importing.left : "";
  return error;
}

async function sendParts({ parts, sha256, rows }: ExportFile, mode: ImportMode): Promise<string> {
  const bar = findElement("import-bar", HTMLProgressElement);
  const outcome = find("import-outcome");
  let counts = EMPTY_COUNTS;
  let notable: ImportAnswer["rows"] = [];
  let done = 0;
  bar.hidden = false;
  bar.max = rows;
  for (const part of parts) {
    bar.value = done;
    outcome.textContent = importing.progress(done, rows);
    const answer = await importPart(part, sha256, mode);
    if (!answer.ok) await kitchen.frame.prepareToExplain();
    if (!answer.ok) return kitchen.frame.explain(answer.error);
    counts = addCounts(counts, answer.value.counts);
    notable = [...notable, ...answer.value.rows].slice(0, MAX_LISTED);
    done += part.rows;
    showRows(notable);
  }
  outcome.textContent = describeImport(mode, counts);
  return "";
}

/** Rows that were refused, and those for which ours was kept. */
function showRows(rows: ImportAnswer["rows"]): void {
  const lines = rows.map(({ line, kind, outcome, reason, says }) =>
    createElement("li", { text: importing.row(line, kind, outcome, reason, says) }),
  );
  const attributes = { tabindex: "0", "aria-label": importing.rows };
  find("import-rows").replaceChildren(
    ...(lines.length === 0 ? [] : [createElement("ul", { class: "refused small", attributes }, ...lines)]),
  );
}
