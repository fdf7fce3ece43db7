/** How far it is with many photos or texts, on stderr: a bar on a terminal, a line now and then elsewhere. Only importer of cli-progress. */
import { Presets, SingleBar } from "cli-progress";
import type { ImportProgress } from "./send-plan.ts";

const LINE_EVERY = 50;

/** `isTerminal`: stderr can redraw a line. `noun`: what is imported, or whatever else `doing` says. */
export function createProgress(isTerminal: boolean, noun: "photo" | "text", doing = "Importing"): ImportProgress {
  return isTerminal ? createBar(`${noun}s`) : createLines(`${noun}s`, doing);
}

function createBar(nouns: string): ImportProgress {
  const format = ` {bar} {value}/{total} ${nouns}  {className}  {eta_formatted} left`;
  const bar = new SingleBar({ format, hideCursor: true, clearOnComplete: true }, Presets.shades_classic);
  return {
    start: (all) => bar.start(all, 0, { className: "" }),
    advance: (more, className) => bar.increment(more, { className }),
    stop: () => bar.stop(),
  };
}

function createLines(nouns: string, doing: string): ImportProgress {
  let total = 0;
  let done = 0;
  let reported = 0;
  return {
    start(all) {
      total = all;
      console.error(`${doing} ${total} ${nouns} ...`);
    },
    advance(more, className) {
      done += more;
      if (done - reported < LINE_EVERY) return;
      reported = done;
      console.error(`${done} of ${total} ${nouns} (${className})`);
    },
    stop() {},
  };
}
