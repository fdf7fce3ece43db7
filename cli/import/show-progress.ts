/** How far an import is, on stderr: a bar on a terminal, a line now and then elsewhere. Only importer of cli-progress. */
import { Presets, SingleBar } from "cli-progress";
import type { ImportProgress } from "./send-plan.ts";

const LINE_EVERY_PHOTOS = 50;

/** `isTerminal`: stderr can redraw a line. */
export function createProgress(isTerminal: boolean): ImportProgress {
  return isTerminal ? createBar() : createLines();
}

function createBar(): ImportProgress {
  const format = " {bar} {value}/{total} photos  {className}  {eta_formatted} left";
  const bar = new SingleBar({ format, hideCursor: true, clearOnComplete: true }, Presets.shades_classic);
  return {
    start: (photos) => bar.start(photos, 0, { className: "" }),
    advance: (photos, className) => bar.increment(photos, { className }),
    stop: () => bar.stop(),
  };
}

function createLines(): ImportProgress {
  let total = 0;
  let done = 0;
  let reported = 0;
  return {
    start(photos) {
      total = photos;
      console.error(`Importing ${total} photos ...`);
    },
    advance(photos, className) {
      done += photos;
      if (done - reported < LINE_EVERY_PHOTOS) return;
      reported = done;
      console.error(`${done} of ${total} photos (${className})`);
    },
    stop() {},
  };
}
