/** Photos that come in by drag and drop or from the clipboard: listening, and marking where they would land. */

/** Calls `onFiles` for files dropped on `area`, which carries `data-drop` while files hover over it. */
export function listenForDrops(area: HTMLElement, onFiles: (files: readonly File[]) => void): void {
  // Entering a child fires before leaving its parent, so the depth says when the pointer has really left.
  let depth = 0;
  const mark = (change: number) => {
    depth = Math.max(0, depth + change);
    area.toggleAttribute("data-drop", depth > 0);
  };
  area.addEventListener("dragenter", (event) => hasFiles(event) && mark(1));
  area.addEventListener("dragleave", (event) => hasFiles(event) && mark(-1));
  area.addEventListener("dragover", (event) => hasFiles(event) && event.preventDefault());
  area.addEventListener("drop", (event) => {
    if (!hasFiles(event)) return;
    event.preventDefault();
    mark(-depth);
    const files = [...(event.dataTransfer?.files ?? [])];
    if (files.length > 0) onFiles(files);
  });
}

/** Keeps the browser from leaving the page when a file misses its target. */
export function ignoreStrayDrops(): void {
  for (const type of ["dragover", "drop"]) window.addEventListener(type, (event) => event.preventDefault());
}

/** Takes the first picture of the clipboard; pasted text is left to the page. */
export function listenForPaste(onFile: (file: File) => void): void {
  document.addEventListener("paste", (event) => {
    const file = [...(event.clipboardData?.files ?? [])].find((candidate) => candidate.type.startsWith("image/"));
    if (file !== undefined) onFile(file);
  });
}

function hasFiles(event: DragEvent): boolean {
  return event.dataTransfer?.types.includes("Files") ?? false;
}
